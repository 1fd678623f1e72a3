"""Claiming a course's credit: once, with its certificate (M1, M3, M5)."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from core.actor import Actor
from core.audit import record
from core.failures import NotEligible
from courses.models import CourseCredit, Enrolment, EvaluationGiven
from courses.queries.course_tests import rules_of
from courses.queries.learning import credit_of
from courses.services.crediting import (
    ATTENDANCE,
    Earning,
    certify_credit,
    claimed_words,
    report_credit,
)
from courses.services.evaluating import NOT_COMPLETED
from courses.services.keeping import check_going, hold_enrolment
from courses.services.offering import Offered, offered_credit
from credentials.policy import day_words

NOT_EVALUATED = "Fill in the evaluation first. What you say has no name on it."


@transaction.atomic
def claim_credit(
    *, actor: Actor, enrolment: Enrolment, today: date, now: datetime
) -> CourseCredit:
    """Give a course's credit to who completed it, with a certificate.

    However often and in how many tabs it is claimed, it is given once: again gives back
    what was given first.

    Args:
        actor: who learnt it.
        enrolment: their own.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: the course is not completed or evaluated, brings no credit, or
            ended.
    """
    row = hold_enrolment(enrolment)
    if known := credit_of(row):
        return known
    check_going(row, today)
    if row.completed_at is None:
        raise NotEligible(NOT_COMPLETED)
    if not EvaluationGiven.objects.filter(enrolment=row).exists():
        raise NotEligible(NOT_EVALUATED)
    offered = offered_credit(enrolment=row, on=today)
    earning = _earning(row, offered, today)
    earned = CourseCredit.objects.create(
        member=row.member,
        program=row.program,
        course=row.course,
        version=row.version,
        enrolment=row,
        kind=ATTENDANCE if offered.attendance else offered.facts.credit_kind,
        credits=offered.answer.credits or Decimal(0),
        activity=report_credit(earning, offered, today, now),
        certificate=certify_credit(actor, earning, offered, today, now),
        on=today,
        at=now,
    )
    record(
        actor=actor,
        action="course.claimed",
        subject=earned,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Claimed {row.course.title}: {claimed_words(answer=offered.answer)}",
        now=now,
    )
    return earned


def _earning(row: Enrolment, offered: Offered, today: date) -> Earning:
    title = offered.facts.title
    return Earning(
        member=row.member,
        program=row.program,
        source_id=row.pk,
        paper=rules_of(row.course, today).paper,
        title=title,
        on=today,
        proof=f"Completed here: {title}, {row.version}, {day_words(today)}",
        reason="The course was completed and evaluated here.",
    )
