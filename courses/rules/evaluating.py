"""What evaluations say of a course, without a word of who said it (M3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from credentials.policy import Evaluation, EvaluationQuestion

SCALE, WORDS = "scale", "words"
MOST_WORDS = 2000
Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Tallied:
    """How often each answer of a scale was chosen, the lowest first."""

    question: EvaluationQuestion
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many answered it."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Said:
    """What was written to a question, in the order of the alphabet: not of time."""

    question: EvaluationQuestion
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What so many evaluations say together."""

    count: int
    scales: tuple[Tallied, ...]
    words: tuple[Said, ...]


def problems_of_answers(
    asked: Evaluation, given: Mapping[str, object]
) -> Sequence[tuple[str, str]]:
    """List what is wrong with somebody's answers: the question's code, and why.

    Each question of a scale must be answered by the place of an answer, from 1; words
    may be left empty.
    """
    found = []
    for question in asked.questions:
        value = given.get(question.code)
        if question.form == SCALE and not _on_scale(value, asked.scale):
            found.append((question.code, f"Choose an answer: {question.text}"))
        elif question.form == WORDS and len(_words(value)) > MOST_WORDS:
            text = f"Use at most {MOST_WORDS:,} characters: {question.text}"
            found.append((question.code, text))
    return found


def answers_kept(
    asked: Evaluation, given: Mapping[str, object]
) -> Mapping[str, int | str]:
    """Give answers without problems as they are kept; what is empty is left out."""
    kept: dict[str, int | str] = {}
    for question in asked.questions:
        value = given.get(question.code)
        if question.form == SCALE and isinstance(value, int):
            kept[question.code] = value
        elif question.form == WORDS and _words(value):
            kept[question.code] = _words(value)
    return kept


def released(
    rows: Iterable[tuple[date, Answers]], *, today: date, at_least: int
) -> Sequence[Answers]:
    """Give what may be read: of months that are over, a handful at a time.

    The trail has who gave one, and when. Shown at once, what is new since yesterday
    would be theirs.

    Args:
        rows: the first day of its month, and what was said.
        today: the day in the body's zone.
        at_least: how many come out together.
    """
    months: dict[date, list[Answers]] = {}
    for month, answers in rows:
        months.setdefault(month, []).append(answers)
    found: list[Answers] = []
    waiting: list[Answers] = []
    for month in sorted(each for each in months if each < today.replace(day=1)):
        waiting += months[month]
        if len(waiting) >= at_least:
            found, waiting = found + waiting, []
    return found


def summary(asked: Evaluation, rows: Sequence[Mapping[str, object]]) -> Summary | None:
    """Put evaluations together; None while they are fewer than may be shown.

    What is no answer of today's questions is left out: an older version asked others.
    """
    if len(rows) < asked.shown_from:
        return None
    scales, words = [], []
    for question in asked.questions:
        values = [each.get(question.code) for each in rows]
        if question.form == SCALE:
            counts = tuple(values.count(n) for n in range(1, len(asked.scale) + 1))
            scales.append(Tallied(question, counts))
        else:
            texts = sorted(filter(None, map(_words, values)), key=str.casefold)
            words.append(Said(question, tuple(texts)))
    return Summary(len(rows), tuple(scales), tuple(words))


def _on_scale(value: object, scale: Sequence[str]) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole and value in range(1, len(scale) + 1)


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
