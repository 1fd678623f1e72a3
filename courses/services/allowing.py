"""Staff allow somebody what the rule does not give: another try, or more time."""

from datetime import date, datetime

from django.db import transaction

from accounts.access import refuse_own_record
from accounts.models import Member
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable
from core.turns import take_turn
from courses.models import MOST_PERCENT, Allowance, Enrolment
from courses.queries.allowances import extended_percent, tries_of
from courses.queries.course_tests import tests_taken
from courses.services.keeping import check_going, hold_enrolment
from courses.services.using_up import mark_used_up

LONGEST_REASON = 400
NO_TEST = "This course has no test."
PASSED = "They passed this test: there is nothing to take again."
TRY_LEFT = "They have a try left. Nothing more was allowed."
NO_REASON = "Write why."


@transaction.atomic
def allow_another_try(
    *, actor: Actor, enrolment: Enrolment, reason: str, today: date, now: datetime
) -> Allowance:
    """Let somebody who used up the tries of a course's test take it once more.

    Sent twice, it is one try: after the first there is one left.

    Args:
        actor: staff of the body, never the learner.
        enrolment: whose test it is.
        reason: why; it stands in the trail.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: it is the actor's own; the course ended or has no test, it is
            passed, or a try is left.
        NotUsable: no reason, or one too long.
    """
    refuse_own_record(actor, enrolment.member)
    said = _reason(reason)
    row = hold_enrolment(enrolment)
    refuse_own_record(actor, row.member)
    check_going(row, today)
    if not row.version.bank:
        raise NotEligible(NO_TEST)
    taken, most = tests_taken(row), tries_of(row)
    if any(each.passed for each in taken):
        raise NotEligible(PASSED)
    if len(taken) < most or taken[-1].ended_at is None:
        raise NotEligible(TRY_LEFT)
    made = Allowance.objects.create(
        member=row.member,
        allowed_to=row.member,
        program=row.program,
        enrolment=row,
        nth=most + 1,
        reason=said,
        by=actor.label[:200],
        on=today,
        at=now,
    )
    mark_used_up(row)
    record(
        actor=actor,
        action="course.try_allowed",
        subject=made,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Allowed {row.member.name} try {made.nth} of the test of "
        f"{row.course.title}"[:400],
        reason=said,
        now=now,
    )
    return made


@transaction.atomic
def extend_time(
    *,
    actor: Actor,
    member: Member,
    program: str,
    percent: int,
    reason: str,
    today: date,
    now: datetime,
) -> Allowance | None:
    """Give somebody more time in a body's exams and tests from their next one on.

    What runs keeps its end. The same again changes nothing. Where somebody's record was
    merged into another meanwhile, the kept record has it.

    Args:
        actor: staff of the body, never the member.
        member: who needs it.
        program: the body.
        percent: on top of what is set, 0 to `MOST_PERCENT`; 0 ends it.
        reason: why; it stands in the trail.
        today: the day in the body's zone.
        now: the instant, UTC.

    Returns:
        What was written; None where it was so already.

    Raises:
        NotEligible: it is the actor's own record.
        NotUsable: no reason, one too long, or a percentage that can't be.
    """
    refuse_own_record(actor, member)
    said = _reason(reason)
    if not 0 <= percent <= MOST_PERCENT:
        text = f"Enter 0 to {MOST_PERCENT}."
        raise NotUsable(text, [FieldProblem("percent", text)])
    take_turn(f"time {program} {member.pk}")
    held = _kept(actor, member)
    before = extended_percent(held.pk, program)
    if percent == before:
        return None
    made = Allowance.objects.create(
        member=held,
        allowed_to=held,
        program=program,
        percent=percent,
        reason=said,
        by=actor.label[:200],
        on=today,
        at=now,
    )
    # Its row waits for a merge that runs, and no merge begins before this is over.
    made.member = _moved(actor, made)
    words = f"{percent} % more time" if percent else "no more time than others"
    record(
        actor=actor,
        action="exam.time_extended",
        subject=made,
        member_id=made.member_id,
        program=program,
        sentence=f"Gave {member.name} {words} in exams and tests",
        changes={"percent": (before, percent)},
        reason=said,
        now=now,
    )
    return made


def _kept(actor: Actor, member: Member) -> Member:
    """Give the record that somebody has now, wherever merges took it."""
    row = Member.objects.get(pk=member.pk)
    while row.joined_to is not None:
        row = row.joined_to
    refuse_own_record(actor, row)
    return row


def _moved(actor: Actor, made: Allowance) -> Member:
    """Move what was allowed along with its person, a merge at a time."""
    row = Member.objects.get(pk=made.member_id)
    while row.joined_to is not None:
        row = row.joined_to
        Allowance.objects.filter(pk=made.pk).update(member=row)
    refuse_own_record(actor, row)
    return row


def _reason(reason: str) -> str:
    said = reason.strip()
    if said and len(said) <= LONGEST_REASON:
        return said
    text = f"Use at most {LONGEST_REASON} characters." if said else NO_REASON
    raise NotUsable(text, [FieldProblem("reason", text)])
