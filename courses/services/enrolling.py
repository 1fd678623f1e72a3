"""Beginning a course: once a person, in the newest version (M1, M10)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import Member
from core.actor import Actor
from core.audit import record
from core.failures import NotEligible
from core.words import money_words
from courses.models import Course, Enrolment
from courses.queries.catalogue import newest_version, price_for, why_not_open
from credentials.models import Assignment
from credentials.services import hold_assignment, report_progress


@transaction.atomic
def enrol(
    *,
    actor: Actor,
    assignment: Assignment | None,
    course: Course,
    member: Member,
    today: date,
    now: datetime,
) -> Enrolment:
    """Begin a course for somebody; whoever has begun it already goes on with that.

    Args:
        actor: the member themselves.
        assignment: what they were given that opens it; None where nothing did.
        course: what they want to learn.
        member: who learns.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        Missing: the assignment was taken back.
        NotEligible: it can't be begun today, or it costs something.
    """
    mine = Enrolment.objects.visible_to(member).filter(course=course)
    if found := mine.first():
        return found
    if reason := why_not_open(course, today):
        raise NotEligible(reason)
    row = hold_assignment(assignment=assignment) if assignment else None
    price = price_for(member, course, today)
    if row is None and price:
        raise NotEligible(
            f"For you this course costs {money_words(price, 'USD')}. Buy it first."
        )
    made = begin(
        actor=actor,
        assignment=row,
        course=course,
        member=member,
        today=today,
        now=now,
    )
    # Another tab was faster.
    return made or mine.get()


def begin(
    *,
    actor: Actor,
    assignment: Assignment | None,
    course: Course,
    member: Member,
    today: date,
    now: datetime,
) -> Enrolment | None:
    """Write that somebody begins an open course; None where another was faster.

    Call it in a transaction, once it is known that it costs them nothing more.
    """
    version = newest_version(course)
    assert version is not None
    try:
        with transaction.atomic():
            enrolment = Enrolment.objects.create(
                member=member,
                begun_by=member,
                program=course.program,
                course=course,
                version=version,
                assignment=assignment,
                started_on=today,
                started_at=now,
            )
    except IntegrityError:
        return None
    _note(actor, enrolment, now)
    return enrolment


def _note(actor: Actor, enrolment: Enrolment, now: datetime) -> None:
    row = enrolment.assignment
    record(
        actor=actor,
        action="course.begun",
        subject=enrolment,
        practice_id=row.practice_id if row else None,
        member_id=enrolment.member_id,
        program=enrolment.program,
        sentence=f"Began the course {enrolment.course.title}"[:400],
        now=now,
    )
    if row is not None and row.state == Assignment.State.ASSIGNED:
        started = Assignment.State.STARTED
        report_progress(actor=actor, assignment=row, state=started, label="", now=now)
