"""What follows a course's pages: its test, and the credit it brings (M3, M5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from certificates.models import Certificate
from core.failures import NotEligible
from courses.models import Attempt, CourseCredit, Enrolment, EvaluationGiven
from courses.queries.course_tests import course_test_of, tests_taken, why_no_test
from courses.queries.learning import (
    credit_of,
    is_over,
    last_day_words,
    over_words,
    way_of,
)
from courses.rules import is_open
from courses.services import claimed_words, offered_credit
from courses.services.claiming import NOT_EVALUATED
from courses.services.evaluating import NOT_COMPLETED
from courses.services.testing import NO_TEST, PAGES_FIRST
from credentials.policy import credit_words, day_words, number_words, policy_for
from portal.queries.course_player import course_url
from portal.queries.exams import BEING_MARKED, Try, try_of
from portal.queries.own_programs import own_url
from portal.queries.rooms import Room


@dataclass(frozen=True)
class TestPage:
    """Before and after a test: what it is, what was reached, whether it can begin."""

    # Pytest would take the name for one of its own.
    __test__ = False

    course: str
    contents_url: str
    facts: Sequence[tuple[str, str]]
    rule: str
    why_not: str
    last_day: str
    running_url: str
    tries: Sequence[Try]
    passed: bool


@dataclass(frozen=True)
class CreditPage:
    """What claiming brings, why it can't be claimed yet, or what was claimed."""

    course: str
    contents_url: str
    verdict: str
    why: str
    rule: str
    can_claim: bool
    offered: str
    hint: str
    certificate_url: str
    verify_url: str
    transcript_url: str
    number: str
    preparing: bool


def test_room(enrolment: Enrolment) -> Room:
    """Say where a course's test is sat."""
    where = {"course_id": enrolment.course_id}
    return Room("course_test", "course_question", "course_submit", where)


def test_page(enrolment: Enrolment, *, today: date, now: datetime) -> TestPage:
    """Say what a course's test asks, what was reached, and whether it can begin."""
    tries, test = tests_taken(enrolment), course_test_of(enrolment, today)
    running = tries[-1] if tries and tries[-1].ended_at is None else None
    runs = running is not None and is_open(now, running.ends_at)
    over = [each for each in tries if each.ended_at is not None]
    facts: Sequence[tuple[str, str]] = ()
    if test:
        left = max(test.attempts - len(tries), 0)
        facts = (
            ("Questions", f"{test.questions}"),
            ("Time", f"{test.minutes} minutes, from the moment you start"),
            ("To pass", f"{number_words(test.pass_mark)} % right"),
            ("Tries left", f"{left} of {test.attempts}"),
        )
    return TestPage(
        course=enrolment.course.title,
        contents_url=course_url(enrolment, "course_contents"),
        facts=facts,
        rule=test.rule if test else "",
        why_not=_why_no_test(enrolment, over, running, today),
        last_day=last_day_words(enrolment, today),
        running_url=test_room(enrolment).question_url(1) if runs else "",
        tries=[try_of(each) for each in reversed(over)],
        passed=any(each.passed for each in over),
    )


def _why_no_test(
    enrolment: Enrolment,
    over: Sequence[Attempt],
    running: Attempt | None,
    today: date,
) -> str:
    if running is not None:
        return BEING_MARKED
    test = course_test_of(enrolment, today)
    if test is None:
        return NO_TEST
    if is_over(enrolment, today):
        return over_words(enrolment)
    if reason := why_no_test(test, over, today):
        return reason
    return PAGES_FIRST if way_of(enrolment).missing else ""


def credit_page(enrolment: Enrolment, *, today: date) -> CreditPage:
    """Say what a course's credit is to its learner, and where it stands."""
    earned = credit_of(enrolment)
    if earned is not None:
        return _claimed(enrolment, earned)
    why = _why_not_claimed(enrolment, today)
    offered, rule, hint = "", "", ""
    try:
        found = offered_credit(enrolment=enrolment, on=today)
    except NotEligible as refusal:
        why = refusal.text
    else:
        offered, rule = claimed_words(answer=found.answer), found.answer.rule
        hint = _hint(enrolment, today) if found.attendance else ""
    return CreditPage(
        course=enrolment.course.title,
        contents_url=course_url(enrolment, "course_contents"),
        verdict=f"You can claim {offered}." if not why else "Nothing to claim yet.",
        why=why,
        rule=rule,
        can_claim=not why,
        offered=offered,
        hint=hint,
        certificate_url="",
        verify_url="",
        transcript_url="",
        number="",
        preparing=False,
    )


def _claimed(enrolment: Enrolment, earned: CourseCredit) -> CreditPage:
    paper = earned.certificate
    policy = policy_for(enrolment.program, on=earned.on)
    kind = policy.kind(earned.kind)
    what = (
        f"{credit_words(earned.credits)} {kind.unit}"
        if kind
        else "a certificate of attendance"
    )
    return CreditPage(
        course=enrolment.course.title,
        contents_url=course_url(enrolment, "course_contents"),
        verdict=f"You claimed {what} on {day_words(earned.on)}.",
        why="Credit is claimed once: reading the course again brings no more.",
        rule="M1",
        can_claim=False,
        offered=what,
        hint="",
        certificate_url=(
            reverse("my_certificate", kwargs={"certificate_id": paper.pk})
            if paper
            else ""
        ),
        verify_url=(
            reverse("verify", kwargs={"number": paper.number}) if paper else ""
        ),
        transcript_url=own_url("transcript", enrolment.program),
        number=paper.number if paper else "",
        preparing=bool(paper and paper.paper != Certificate.Paper.READY),
    )


def _why_not_claimed(enrolment: Enrolment, today: date) -> str:
    if is_over(enrolment, today):
        return over_words(enrolment)
    if enrolment.completed_at is None:
        return NOT_COMPLETED
    given = EvaluationGiven.objects.filter(enrolment=enrolment)
    return "" if given.exists() else NOT_EVALUATED


def _hint(enrolment: Enrolment, today: date) -> str:
    """Say why it is attendance, and what helps where that is wrong (M5)."""
    physicians = policy_for(enrolment.program, on=today).physicians
    said = enrolment.member.profession or "empty"
    return (
        f"The profession in your record is {said}. {physicians.basis.ruling} "
        f"These count: {', '.join(physicians.professions)}. If yours is another, have "
        "it changed before you claim."
        if physicians
        else ""
    )
