"""Beginning the test at a course's end; sitting it is as sitting an exam (M3)."""

from datetime import date, datetime

from django.db import transaction

from core.actor import Actor
from core.audit import record
from core.failures import NotEligible
from courses.models import Attempt, Enrolment
from courses.queries.course_tests import course_test_of, tests_taken, why_no_test
from courses.queries.learning import way_of
from courses.services.drawing import Paper, draw_attempt
from courses.services.keeping import check_going, hold_enrolment

NO_TEST = "This course has no test."
PAGES_FIRST = "Read every page of the course first."


@transaction.atomic
def begin_test(
    *, actor: Actor, enrolment: Enrolment, today: date, now: datetime
) -> Attempt:
    """Begin a course's test: draw its questions and start the clock.

    One that runs already is given back, so that two tabs sit one test.

    Args:
        actor: who learns.
        enrolment: their own.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: the course ended, has no test or is not read yet, or the test
            can't be taken (again) today.
    """
    row = hold_enrolment(enrolment)
    tries = tests_taken(row)
    if tries and tries[-1].ended_at is None:
        return tries[-1]
    check_going(row, today)
    test = course_test_of(row, today)
    if test is None:
        raise NotEligible(NO_TEST)
    if reason := why_no_test(test, tries, today):
        raise NotEligible(reason)
    if way_of(row).missing:
        raise NotEligible(PAGES_FIRST)
    attempt = draw_attempt(
        Paper(test.bank, test.text, test.questions, test.minutes),
        member=row.member,
        program=row.program,
        enrolment=row,
        title=test.title,
        nth=len(tries) + 1,
        policy=test.policy,
        today=today,
        now=now,
    )
    record(
        actor=actor,
        action="course.test_begun",
        subject=attempt,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Began {attempt.title}, try {attempt.nth}",
        now=now,
    )
    return attempt
