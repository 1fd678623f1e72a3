"""The test at a course's end: how it is set, and whether it may be begun (M3)."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from courses.models import Attempt, Course, CourseVersion, Enrolment
from courses.queries.allowances import minutes_for, tries_of
from courses.rules import Bank, BankError, next_try_on, read_bank
from credentials.policy import CourseRules, day_words, policy_for
from credentials.policy.reading import Table


@dataclass(frozen=True)
class CourseTest:
    """A course's test as an enrolment meets it: its bank, its figures, its policy."""

    bank: Bank
    text: str
    title: str
    questions: int
    pass_mark: Decimal
    attempts: int
    minutes: int
    wait_days: int
    rule: str
    policy: str


def rules_of(course: Course, on: date) -> CourseRules:
    """Say how a body's courses are taken on a day.

    Raises:
        LookupError: its pack has no courses; nobody could publish one.
    """
    rules = policy_for(course.program, on=on).courses
    if rules is None:
        raise LookupError(f"{course.program} has no courses")
    return rules


def course_test_of(enrolment: Enrolment, on: date) -> CourseTest | None:
    """Say how the test of somebody's version is set; None where it has none."""
    version = enrolment.version
    if not version.bank:
        return None
    assert version.questions is not None
    assert version.pass_percent is not None
    test = rules_of(enrolment.course, on).test
    return CourseTest(
        bank=bank_in(version),
        text=version.bank,
        title=f"{enrolment.course.title}: test",
        questions=version.questions,
        pass_mark=Decimal(version.pass_percent),
        attempts=tries_of(enrolment),
        minutes=minutes_for(enrolment.member_id, enrolment.program, test.minutes),
        wait_days=test.wait_days,
        rule=test.basis.rule,
        policy=policy_for(enrolment.program, on=on).version,
    )


def bank_in(version: CourseVersion) -> Bank:
    """Read the bank that lies in a version.

    Raises:
        BankError: something in it is wrong; none such is published.
    """
    digest = sha256(version.bank.encode()).hexdigest()
    try:
        values = tomllib.loads(version.bank)
    except tomllib.TOMLDecodeError as fault:
        raise BankError(str(version), "", str(fault)) from fault
    table = Table(values, file=str(version), place="", error=BankError)
    return read_bank(table, digest)


def tests_taken(enrolment: Enrolment) -> Sequence[Attempt]:
    """List what was taken of a course's test, the first first."""
    rows = Attempt.objects.filter(enrolment=enrolment)
    return list(rows.select_related("bank").order_by("nth"))


def running_test(enrolment: Enrolment) -> Attempt | None:
    """Find the try that nobody handed in yet."""
    return Attempt.objects.running().filter(enrolment=enrolment).first()


def test_taken(enrolment: Enrolment, attempt_id: UUID) -> Attempt | None:
    """Find one try of somebody's at a course's test."""
    rows = Attempt.objects.filter(enrolment=enrolment).select_related(
        "enrolment__version", "enrolment__course", "bank"
    )
    return rows.filter(pk=attempt_id).first()


def why_no_test(test: CourseTest, tries: Sequence[Attempt], today: date) -> str:
    """Say why a test can't be begun on a day; empty where it can.

    Args:
        test: how it is set.
        tries: what was taken of it, the first first; none of them running.
        today: the day in the body's zone.
    """
    if any(each.passed for each in tries):
        return "You passed this test."
    if len(tries) >= test.attempts:
        return (
            f"You took it {len(tries)} times, as often as it can be taken. "
            "Ask the provider what helps."
        )
    again = waits_until(test, tries, today)
    return f"You can take it again from {day_words(again)} on." if again else ""


def waits_until(test: CourseTest, tries: Sequence[Attempt], today: date) -> date | None:
    """Say on which later day a test can be taken again; None where no day is waited."""
    if not tries:
        return None
    again = next_try_on(tries[-1].started_on, test.wait_days)
    return again if again > today else None
