"""What the answers of an attempt are worth (A14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from courses.rules.banks import Bank
from courses.rules.drawing import Sheet

FULL = 100
SHOWN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class TopicMark:
    """How many of a topic's questions were right; `weak` where that would not pass."""

    topic: str
    right: int
    asked: int
    weak: bool

    def share(self) -> Fraction:
        """How much of it was right."""
        return Fraction(self.right, self.asked)


@dataclass(frozen=True, slots=True)
class Mark:
    """What came of an attempt, topic by topic."""

    right: int
    asked: int
    passed: bool
    topics: tuple[TopicMark, ...]

    @property
    def weak(self) -> tuple[TopicMark, ...]:
        """The topics to learn again, the weakest first."""
        weak = (each for each in self.topics if each.weak)
        return tuple(
            sorted(weak, key=lambda each: (each.right / each.asked, each.topic))
        )


def mark_sheet(
    bank: Bank, sheet: Sheet, answers: Mapping[str, frozenset[int]], pass_mark: Decimal
) -> Mark:
    """Hold what was chosen against what is right.

    A question is right when all its right options were chosen and no other; one that
    was not answered is wrong.

    Args:
        bank: what the sheet was drawn from.
        sheet: what was asked.
        answers: code of a question → places in the bank of the options chosen.
        pass_mark: percent of the questions that must be right.
    """
    counted: dict[str, list[bool]] = {}
    questions = {each.code: each for each in bank.questions}
    for asked in sheet.asked:
        question = questions[asked.code]
        given = answers.get(asked.code, frozenset())
        counted.setdefault(question.topic, []).append(given == question.right)
    topics = tuple(
        _topic(code, counted[code], pass_mark)
        for code, _ in bank.topics
        if code in counted
    )
    right, of = sum(each.right for each in topics), len(sheet.asked)
    return Mark(right, of, _passes(right, of, pass_mark), topics)


def _topic(code: str, marks: list[bool], pass_mark: Decimal) -> TopicMark:
    right, of = sum(marks), len(marks)
    return TopicMark(code, right, of, not _passes(right, of, pass_mark))


def percent_words(right: int, asked: int) -> str:
    """Say a share in percent, cut and never rounded up: what failed never reads passed.

    Raises:
        ValueError: nothing was asked.
    """
    if asked < 1:
        raise ValueError("nothing was asked")
    percent = (Decimal(right * FULL) / asked).quantize(SHOWN, ROUND_DOWN)
    text = f"{percent:f}"
    return f"{text.rstrip('0').rstrip('.')} %"


def _passes(right: int, asked: int, pass_mark: Decimal) -> bool:
    """Compare without dividing: 79.99 % of anything stays below 80."""
    return right * FULL >= pass_mark * asked
