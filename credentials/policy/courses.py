"""Courses as a pack holds them, and who is a physician (M3, M5, M10).

A pack says how a course ends: its test, how much of a video is all of it, what is
asked about it afterwards, and what its certificates say.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from credentials.policy.basis import Basis, read_basis
from credentials.policy.exams import as_percent
from credentials.policy.live import LiveRules, read_live
from credentials.policy.reading import (
    Table,
    as_amount,
    as_count,
    as_flag,
    as_positive,
    as_text,
    list_of,
    one_of,
)
from credentials.policy.topics import Topic

# What stands between the words of "MD/DO" or "Physician (MD)".
BETWEEN = re.compile(r"[,;/()&]+")
# "M. D." is as good as "MD".
SHORT = re.compile(r"\b([A-Za-z])\.\s*")
CHOICE, WORDS = "scale", "words"


@dataclass(frozen=True, slots=True)
class Physicians:
    """Who is a physician, by what stands in their record as profession (M5).

    `beside` are degrees that say nothing of it: they may stand beside one that does.
    """

    basis: Basis
    professions: tuple[str, ...]
    beside: tuple[str, ...] = ()

    def has(self, profession: object) -> bool:
        """Say whether somebody of this profession is one: "M.D.", "MD, PhD".

        Every part between commas or brackets must be one that the pack lists, as a
        whole: "Scribe (MD)" is none, nor is anything that the pack doesn't know.
        """
        if not isinstance(profession, str):
            return False
        known = {_plain(each) for each in self.professions}
        beside = {_plain(each) for each in self.beside}
        said = {_plain(each) for each in BETWEEN.split(profession)} - {""}
        return bool(said & known) and said <= known | beside


@dataclass(frozen=True, slots=True)
class PostTest:
    """How the test at a course's end is set (M3)."""

    basis: Basis
    pass_mark: Decimal
    questions: int
    minutes: int
    attempts: int
    wait_days: int


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """One thing that is asked about a course: a mark of five, or words."""

    code: str
    text: str
    form: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is asked before credit, and from how many answers on they are shown (M3)."""

    basis: Basis
    shown_from: int
    scale: tuple[str, ...]
    questions: tuple[EvaluationQuestion, ...]


@dataclass(frozen=True, slots=True)
class CoursePaper:
    """What a course's certificate says, to whom it brings credit and to others (M5)."""

    basis: Basis
    number_prefix: str
    seal: str
    credit_title: str
    credit_statement: str
    attendance_title: str
    attendance_statement: str


@dataclass(frozen=True, slots=True)
class ClaimReminder:
    """When who completed a course, and did not claim its credit, is written to.

    Both are days after the day it was completed: from which on, and until which a
    letter that was missed is made up for.
    """

    basis: Basis
    after_days: int
    until_days: int


@dataclass(frozen=True, slots=True)
class CourseRules:
    """How the body's courses are taken (M1-M3, M10).

    `unwatched` is how many seconds of a video may be left out where all of it must be
    watched: players lose a little at both ends. `members_below_half` holds that a
    member pays less than half of what others do, or nothing. `live` is None where the
    body has no live activities here (M4), `reminder` where it reminds nobody.
    """

    basis: Basis
    unwatched: Decimal
    members_below_half: bool
    topics: tuple[Topic, ...]
    test: PostTest
    evaluation: Evaluation
    paper: CoursePaper
    live: LiveRules | None = None
    reminder: ClaimReminder | None = None

    def topic_title(self, code: str) -> str:
        """Say what a topic is called; a code that is none here names itself."""
        return next((each.title for each in self.topics if each.code == code), code)


def _plain(text: str) -> str:
    """Leave out what is spelled one way or the other: M. D. is MD."""
    return " ".join(SHORT.sub(r"\1", text).replace(".", "").casefold().split())


def read_physicians(table: Table, sources: tuple[str, ...]) -> Physicians | None:
    """Read `[physicians]`; None where nothing is for them alone."""
    if not table.has("physicians"):
        return None
    inner = table.table("physicians")
    professions = inner.need("professions", list_of(as_text))
    if not professions:
        inner.fail("professions", "must name at least one")
    beside = inner.maybe("beside", list_of(as_text)) or ()
    found = Physicians(read_basis(inner, sources), professions, beside)
    inner.close()
    return found


def read_courses(
    table: Table, sources: tuple[str, ...], topics: tuple[Topic, ...]
) -> CourseRules | None:
    """Read `[courses]`; None where the body has no courses here."""
    if not table.has("courses"):
        return None
    inner = table.table("courses")
    found = CourseRules(
        basis=read_basis(inner, sources),
        unwatched=inner.need("unwatched", as_amount),
        members_below_half=inner.maybe("members_below_half", as_flag) or False,
        topics=topics,
        test=_read_test(inner.table("test"), sources),
        evaluation=_read_evaluation(inner.table("evaluation"), sources),
        paper=_read_paper(inner.table("paper"), sources),
        live=read_live(inner, sources),
        reminder=_read_reminder(inner, sources),
    )
    inner.close()
    return found


def _read_test(table: Table, sources: tuple[str, ...]) -> PostTest:
    found = PostTest(
        pass_mark=table.need("pass_mark", as_percent),
        questions=table.need("questions", as_positive),
        minutes=table.need("minutes", as_positive),
        attempts=table.need("attempts", as_positive),
        wait_days=table.need("wait_days", as_count),
        basis=read_basis(table, sources),
    )
    table.close()
    return found


def _read_evaluation(table: Table, sources: tuple[str, ...]) -> Evaluation:
    questions = tuple(_read_question(item) for item in table.tables("questions"))
    if not questions:
        table.fail("questions", "must ask at least one thing")
    _check_once(table, "questions", [each.code for each in questions])
    found = Evaluation(
        shown_from=table.need("shown_from", as_positive),
        scale=table.need("scale", list_of(as_text)),
        questions=questions,
        basis=read_basis(table, sources),
    )
    table.close()
    return found


def _read_question(table: Table) -> EvaluationQuestion:
    found = EvaluationQuestion(
        code=table.need("code", as_text),
        text=table.need("text", as_text),
        form=table.need("form", one_of((CHOICE, WORDS))),
    )
    table.close()
    return found


def _read_paper(table: Table, sources: tuple[str, ...]) -> CoursePaper:
    found = CoursePaper(
        number_prefix=table.need("number_prefix", as_text),
        seal=table.need("seal", as_text),
        credit_title=table.need("credit_title", as_text),
        credit_statement=table.need("credit_statement", as_text),
        attendance_title=table.need("attendance_title", as_text),
        attendance_statement=table.need("attendance_statement", as_text),
        basis=read_basis(table, sources),
    )
    table.close()
    return found


def _read_reminder(table: Table, sources: tuple[str, ...]) -> ClaimReminder | None:
    if not table.has("reminder"):
        return None
    inner = table.table("reminder")
    found = ClaimReminder(
        after_days=inner.need("after_days", as_positive),
        until_days=inner.need("until_days", as_positive),
        basis=read_basis(inner, sources),
    )
    if found.until_days < found.after_days:
        inner.fail("until_days", "must not be before after_days")
    inner.close()
    return found


def _check_once(table: Table, key: str, codes: list[str]) -> None:
    for code in codes:
        if codes.count(code) > 1:
            table.fail(key, f'"{code}" occurs twice')
