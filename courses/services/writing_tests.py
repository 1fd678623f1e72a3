"""A draft's test: begun, its questions written, ordered, removed, or taken away."""

from collections.abc import Callable
from datetime import datetime
from secrets import token_hex

from django.db import transaction

from core.actor import Actor
from core.failures import FieldProblem, Missing, NotEligible, NotUsable
from core.seen import check_seen
from courses.models import CourseVersion
from courses.queries.written import seen_figures, seen_question, seen_test
from courses.queries.written_tests import draft_bank
from courses.rules import (
    Bank,
    BankError,
    SourceError,
    WrittenQuestion,
    bank_of_text,
    bank_text,
    begun_bank,
    moved_question,
    problems_of_question,
    with_question,
    without_question,
)
from courses.services.meanwhile import LOOK_AGAIN
from courses.services.versions import held, note

LONGEST_BANK = 200_000
NO_TEST = "This draft has no test yet. Say first how many questions are drawn."
GONE = "Not found."
TOO_LONG = f"A test has at most {LONGEST_BANK:,} characters. Nothing was saved."
Figures = tuple[int, int, int]


@transaction.atomic
def save_figures(
    *,
    actor: Actor,
    version: CourseVersion,
    figures: Figures,
    seen: str | None = None,
    now: datetime,
) -> CourseVersion:
    """Say how a draft's test is set; where it has none yet, that begins one.

    More may be drawn than is written yet: publishing asks for the rest.

    Args:
        actor: staff.
        version: a draft.
        figures: questions drawn, percent that passes, tries; each above 0.
        seen: what stood there when the writer opened it, by `seen_figures`; None asks
            nothing.
        now: the instant, UTC.

    Raises:
        Stale: it is published, or somebody else changed the figures since.
    """
    row = held(version)
    check_seen(seen, seen_figures(row))
    if not row.bank:
        course = row.course
        row.bank = bank_text(begun_bank(course.slug[:40], course.title))
    row.questions, row.pass_percent, row.tries = figures
    _save(actor, row, now)
    return row


@transaction.atomic
def drop_test(
    *, actor: Actor, version: CourseVersion, seen: str | None = None, now: datetime
) -> None:
    """Take a draft's test away with all its questions.

    Raises:
        Stale: it is published, or its test not what was looked at (`seen_test`).
    """
    row = held(version)
    check_seen(seen, seen_test(row), LOOK_AGAIN)
    row.bank = ""
    row.questions = row.pass_percent = row.tries = None
    _save(actor, row, now)


@transaction.atomic
def save_test_text(
    *,
    actor: Actor,
    version: CourseVersion,
    text: str,
    seen: str | None = None,
    now: datetime,
) -> None:
    """Write a draft's test as the text that a ZIP has.

    Args:
        actor: staff.
        version: a draft that has a test.
        text: the bank as TOML.
        seen: the test that the writer had opened, by `seen_test`; None asks nothing.
        now: the instant, UTC.

    Raises:
        Stale: it is published, or somebody else wrote its test since.
        NotEligible: it has no test.
        NotUsable: the text is no bank; the sentence names the place.
    """
    row = held(version)
    check_seen(seen, seen_test(row))
    if not row.bank:
        raise NotEligible(NO_TEST)
    try:
        bank_of_text(text, begun=True)
    except (BankError, SourceError) as fault:
        raise NotUsable(str(fault), [FieldProblem("bank", str(fault))]) from fault
    row.bank = text.strip() + "\n"
    _save(actor, row, now)


@transaction.atomic
def save_question(
    *,
    actor: Actor,
    version: CourseVersion,
    code: str | None,
    written: WrittenQuestion,
    seen: str | None = None,
    now: datetime,
) -> None:
    """Add a question at the end of a draft's test, or write one anew.

    Two who write two questions don't disturb each other.

    Args:
        actor: staff.
        version: a draft that has a test.
        code: which question; None adds one.
        written: what it says.
        seen: the question as the writer had opened it, by `seen_question`; None asks
            nothing.
        now: the instant, UTC.

    Raises:
        Stale: it is published, or somebody else wrote this question since.
        Missing: somebody removed the question.
        NotEligible: the draft has no test, or its text can't be read.
        NotUsable: something of the question is missing or wrong, beside its field.
    """
    row = held(version)
    bank = _bank(row)
    _check_code(bank, code)
    if code is not None:
        check_seen(seen, seen_question(bank, code))
    if found := problems_of_question(bank, code, written):
        problems = [FieldProblem(field, text) for field, text in found]
        raise NotUsable(problems[0].text, problems)
    # None that was removed gets its code again: who has that open still is told.
    row.bank = bank_text(with_question(bank, code or f"q-{token_hex(4)}", written))
    _save(actor, row, now)


@transaction.atomic
def move_question(
    *, actor: Actor, version: CourseVersion, code: str, up: bool, now: datetime
) -> None:
    """Move a question one place; it is the order in which staff read them.

    Raises:
        Stale: the version is published.
        Missing: it has no such question.
        NotEligible: the draft has no test, or its text can't be read.
    """
    _change(actor, version, code, lambda bank: moved_question(bank, code, up=up), now)


@transaction.atomic
def remove_question(
    *,
    actor: Actor,
    version: CourseVersion,
    code: str,
    seen: str | None = None,
    now: datetime,
) -> None:
    """Take a question out of a draft's test.

    Args:
        actor: staff.
        version: a draft.
        code: of the question.
        seen: the test that was looked at, by `seen_test`; None asks nothing.
        now: the instant, UTC.

    Raises:
        Stale: it is published, or its test not what was looked at any more.
        Missing: it has no such question.
        NotEligible: the draft has no test, or its text can't be read.
    """
    check_seen(seen, seen_test(held(version)), LOOK_AGAIN)
    _change(actor, version, code, lambda bank: without_question(bank, code), now)


def _change(
    actor: Actor,
    version: CourseVersion,
    code: str,
    change: Callable[[Bank], Bank],
    now: datetime,
) -> None:
    row = held(version)
    bank = _bank(row)
    _check_code(bank, code)
    row.bank = bank_text(change(bank))
    _save(actor, row, now)


def _bank(draft: CourseVersion) -> Bank:
    if not draft.bank:
        raise NotEligible(NO_TEST)
    bank, problem = draft_bank(draft)
    if bank is None:
        raise NotEligible(f"The test can't be read: {problem}. Mend its text first.")
    return bank


def _check_code(bank: Bank, code: str | None) -> None:
    if code is not None and code not in {each.code for each in bank.questions}:
        raise Missing(GONE)


def _save(actor: Actor, draft: CourseVersion, now: datetime) -> None:
    if len(draft.bank) > LONGEST_BANK:
        raise NotUsable(TOO_LONG, [FieldProblem("text", TOO_LONG)])
    draft.save(update_fields=["bank", "questions", "pass_percent", "tries"])
    note(actor, draft, "changed", "Changed", now)
