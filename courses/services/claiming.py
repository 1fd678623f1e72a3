"""Claiming a course's credit: once, with its certificate (M1, M3, M5)."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ce_credits.models import Activity
from ce_credits.rules import Award
from ce_credits.services import record_accepted_activity
from certificates.models import Certificate
from certificates.rules import FOR_GOOD
from certificates.services import COURSE_LAYOUT, Draft, issue
from core.actor import Actor
from core.audit import record
from core.failures import NotEligible
from courses.models import CourseCredit, Enrolment, EvaluationGiven
from courses.queries.course_tests import rules_of
from courses.queries.learning import credit_of
from courses.services.evaluating import NOT_COMPLETED
from courses.services.keeping import check_going, hold_enrolment
from courses.services.offering import Offered, offered_credit
from credentials.policy import credit_words, day_words, policy_for

ATTENDANCE = "attendance"
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
    credits = offered.answer.credits or Decimal(0)
    earned = CourseCredit.objects.create(
        member=row.member,
        program=row.program,
        course=row.course,
        version=row.version,
        enrolment=row,
        kind=ATTENDANCE if offered.attendance else offered.facts.credit_kind,
        credits=credits,
        activity=_reported(row, offered, today, now),
        certificate=_certified(actor, row, offered, today, now),
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


def claimed_words(*, answer: Award) -> str:
    """Say what a claim brings, in a few words."""
    if answer.attendance_only:
        return "a certificate of attendance"
    return f"{credit_words(answer.credits or Decimal(0))} {answer.unit}"


def _reported(row: Enrolment, offered: Offered, today: date, now: datetime) -> Activity:
    """Write the course down as an activity that staff need not look at."""
    title = offered.facts.title
    return record_accepted_activity(
        # The portal saw it completed: nobody decides on a record of their own.
        actor=Actor.system("courses"),
        member=row.member,
        program=row.program,
        kind=offered.facts.credit_kind,
        title=title,
        provider=offered.facts.provider,
        on=today,
        minutes=offered.minutes,
        inputs=offered.inputs,
        proof=f"Completed here: {title}, {row.version}, {day_words(today)}",
        reason="The course was completed and evaluated here.",
        today=today,
        now=now,
    )


def _certified(
    actor: Actor, row: Enrolment, offered: Offered, today: date, now: datetime
) -> Certificate:
    policy = policy_for(row.program, on=today)
    paper, answer = rules_of(row.course, today).paper, offered.answer
    attendance = offered.attendance
    figure = claimed_words(answer=answer)
    draft = Draft(
        layout=COURSE_LAYOUT,
        program=row.program,
        member=row.member,
        holder_name=row.member.name,
        certification=None,
        # A course is a person's, whoever they work for.
        practice=None,
        sponsorship=None,
        source_id=row.pk,
        issuer=policy.body_name,
        title=paper.attendance_title if attendance else paper.credit_title,
        subtitle="" if attendance else figure,
        seal=paper.seal,
        credential_title=offered.facts.title,
        credential_number="",
        statement=paper.attendance_statement if attendance else paper.credit_statement,
        number_prefix=paper.number_prefix,
        attestation_prefix=None,
        valid_from=today,
        valid_until=FOR_GOOD,
        credits_have=None if attendance else answer.credits,
        credits_need=None,
        unit="" if attendance else answer.unit,
        waived=False,
    )
    return issue(actor=actor, draft=draft, today=today, now=now)
