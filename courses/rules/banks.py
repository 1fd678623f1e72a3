"""Banks of questions: read strictly, so that a wrong one never reaches an exam.

A bank is a TOML file. Its questions carry a code that stays when their words are
mended, a topic, and options of which at least one is right and one is not.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from credentials.policy.errors import PlaceError
from credentials.policy.reading import Table, as_flag, as_text, read_toml

BANKS = Path(__file__).resolve().parent.parent / "banks"
# Beside the banks: what questions of exams show.
PICTURES = "pictures"
PICTURE_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.(png|jpeg)")
MOST_OPTIONS = 8


class BankError(PlaceError):
    """A bank cannot be used; says in which file, where in it, and why."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, and whether it is right."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it lies in its bank.

    `why` explains the answer to staff; it is never shown before an exam is over.
    `picture` names a file of a course's version, or one beside the banks of exams;
    `picture_words` say what it shows. Both are empty where it has none.
    """

    code: str
    topic: str
    text: str
    options: tuple[Option, ...]
    why: str
    picture: str = ""
    picture_words: str = ""

    @property
    def several(self) -> bool:
        """Whether more than one option is right, so that several can be chosen."""
        return sum(option.right for option in self.options) > 1

    @property
    def right(self) -> frozenset[int]:
        """The places of the right options in the bank, counted from 0."""
        return frozenset(n for n, each in enumerate(self.options) if each.right)


@dataclass(frozen=True, slots=True)
class Bank:
    """The questions of one exam, in the file's order.

    `sample` says that they are examples: the body puts its own in their place.
    """

    exam: str
    specialty: str
    title: str
    sample: bool
    topics: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    sha256: str

    def question(self, code: str) -> Question:
        """Find a question by its code; KeyError where there is none."""
        for each in self.questions:
            if each.code == code:
                return each
        raise KeyError(code)

    def topic_words(self, topic: str) -> str:
        """Say what a topic is called."""
        return dict(self.topics)[topic]

    def by_topic(self) -> dict[str, tuple[Question, ...]]:
        """Sort the questions by topic, in the order of the topics."""
        return {
            code: tuple(each for each in self.questions if each.topic == code)
            for code, _ in self.topics
        }


def load_bank(path: Path) -> Bank:
    """Read a bank from its file.

    Raises:
        BankError: it cannot be read, or something in it is wrong; or a question's
            picture is not beside it.
    """
    table = read_toml(path, error=BankError)
    bank = read_bank(table, sha256(path.read_bytes()).hexdigest())
    for number, each in enumerate(bank.questions, start=1):
        if each.picture and not _is_beside(path, each.picture):
            place = f"questions[{number}].picture"
            reason = f"{PICTURES}/{each.picture} is no PNG or JPEG beside the bank"
            raise BankError(path.name, place, reason)
    return bank


def _is_beside(path: Path, name: str) -> bool:
    if not PICTURE_NAME.fullmatch(name):
        return False
    return (path.parent / PICTURES / name).is_file()


def read_bank(table: Table, digest: str, *, begun: bool = False) -> Bank:
    """Read a bank from its table; `digest` is the SHA-256 of where it came from.

    `begun`: somebody writes it still, so that it may have no question and no topic yet.

    Raises:
        BankError: something in it is wrong.
    """
    bank = Bank(
        exam=table.need("exam", as_text),
        specialty=table.maybe("specialty", as_text) or "",
        title=table.need("title", as_text),
        sample=table.need("sample", as_flag),
        topics=_topics(table.table("topics"), begun=begun),
        questions=tuple(_question(each) for each in table.tables("questions")),
        sha256=digest,
    )
    table.close()
    _check_topics(table, bank)
    _check_once(table, "questions.code", [each.code for each in bank.questions])
    texts = [each.text.casefold() for each in bank.questions]
    _check_once(table, "questions.text", texts)
    return bank


def _topics(table: Table, *, begun: bool) -> tuple[tuple[str, str], ...]:
    codes = table.keys()
    found = tuple((code, table.need(code, as_text)) for code in codes)
    if not found and not begun:
        table.fail("", "must name at least one topic")
    return found


def _question(table: Table) -> Question:
    options = table.tables("options")
    question = Question(
        code=table.need("code", as_text),
        topic=table.need("topic", as_text),
        text=table.need("text", as_text),
        options=tuple(_option(each) for each in options),
        why=table.need("why", as_text),
        picture=table.maybe("picture", as_text) or "",
        picture_words=table.maybe("picture_words", as_text) or "",
    )
    _check_picture(table, question)
    right = len(question.right)
    if not 2 <= len(options) <= MOST_OPTIONS:
        table.fail("options", f"must be 2 to {MOST_OPTIONS} options")
    if not 0 < right < len(options):
        table.fail("options", "at least one must be right, and at least one not")
    texts = [each.text.casefold() for each in question.options]
    _check_once(table, "options.text", texts)
    table.close()
    return question


def _check_picture(table: Table, question: Question) -> None:
    if question.picture and not question.picture_words:
        table.fail("picture_words", "is missing: say what the picture shows")
    if question.picture_words and not question.picture:
        table.fail("picture", "is missing, but its words are there")


def _option(table: Table) -> Option:
    option = Option(
        text=table.need("text", as_text), right=table.maybe("right", as_flag) or False
    )
    table.close()
    return option


def _check_topics(table: Table, bank: Bank) -> None:
    known = [code for code, _ in bank.topics]
    for each in bank.questions:
        if each.topic not in known:
            reason = f"{each.code}: {each.topic!r} is none of: {', '.join(known)}"
            table.fail("questions.topic", reason)
    unused = set(known) - {each.topic for each in bank.questions}
    if unused:
        table.fail("topics", f"nothing is asked about: {', '.join(sorted(unused))}")


def _check_once(table: Table, key: str, values: Sequence[str]) -> None:
    for value, times in Counter(values).items():
        if times > 1:
            table.fail(key, f"{value!r} is there {times} times")
