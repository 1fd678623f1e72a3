"""An exam goes where what opened it goes; a course, with whoever learns it."""

from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Exists, F, OuterRef, Subquery

from accounts.events import RecordsMerged
from accounts.models import Member
from ce_credits.services import count_once
from core.failures import Stale
from core.work import hasten
from courses.models import (
    Allowance,
    Attempt,
    CourseCredit,
    Enrolment,
    LiveRegistration,
)
from courses.queries.claims import ONCE_RULE, claims_by_course
from courses.queries.live_claims import live_claims_by_activity
from courses.services.live_merging import join_live, part_live
from courses.services.using_up import mark_used_up
from credentials.models import Assignment

BUSY = (
    "One of the two is learning, or is noted as there, at this moment. Nothing was "
    "done: try again."
)


def on_records_merged(event: RecordsMerged) -> None:
    """Give exams to whoever has what opened them, and courses to the record kept.

    Raises:
        Stale: one of the two learns or claims something at this moment.
    """
    _take_rows(event)
    rows = Attempt.objects.of_program(event.program).of_exams()
    rows = rows.filter(member__in=event.members)
    owner = Assignment.objects.filter(pk=OuterRef("assignment")).values("member")
    strayed = rows.exclude(assignment__member=F("member"))
    # Together they may have passed all that a credential asks: looked at anew.
    if strayed.update(member=Subquery(owner), reported_at=None):
        hasten("courses.tasks.earn")
    _move_courses(event)
    _move_live(event)
    _count_once(event)


def _take_rows(event: RecordsMerged) -> None:
    """Lock what both learn and come to, or say that somebody has it.

    Whoever learns locks their enrolment first and waits for the trail, which the merge
    has in hand: it must not wait for them. So does who notes that somebody was there.
    """
    mine = Enrolment.objects.of_program(event.program).filter(member__in=event.members)
    live = LiveRegistration.objects.of_program(event.program)
    live = live.filter(member__in=event.members)
    try:
        with transaction.atomic():
            for rows in (mine, live):
                held = rows.select_for_update(of=("self",), nowait=True)
                list(held.order_by("pk"))
    except OperationalError as error:
        raise Stale(BUSY) from error


def _move_courses(event: RecordsMerged) -> None:
    """Move what one of them learns: to the kept record, or back to who began it.

    A course that both began stays with each of them: nobody learns it twice. What it
    earned goes along all the same, so that nobody claims it twice either.
    """
    kept, given_up = event.members
    mine = Enrolment.objects.of_program(event.program)
    credit = CourseCredit.objects.of_program(event.program)
    if event.undone:
        theirs = _with_joined(given_up)
        mine.filter(member=kept, begun_by__in=theirs).update(member=given_up)
        earned = credit.filter(member=kept, enrolment__begun_by__in=theirs)
        earned.update(member=given_up)
    else:
        begun = Enrolment.objects.filter(member=kept, course=OuterRef("course"))
        mine.filter(member=given_up).exclude(Exists(begun)).update(member=kept)
        earned = CourseCredit.objects.filter(member=kept, course=OuterRef("course"))
        credit.filter(member=given_up).exclude(Exists(earned)).update(member=kept)
    _move_time(event, kept, given_up)
    learner = Enrolment.objects.filter(pk=OuterRef("enrolment")).values("member")
    tests = Attempt.objects.of_program(event.program).exclude(enrolment=None)
    strayed = tests.filter(member__in=event.members)
    strayed = strayed.exclude(enrolment__member=F("member"))
    strayed.update(member=Subquery(learner))
    tries = Allowance.objects.of_program(event.program).exclude(enrolment=None)
    strayed_tries = tries.filter(member__in=event.members)
    strayed_tries = strayed_tries.exclude(enrolment__member=F("member"))
    strayed_tries.update(member=Subquery(learner))
    for row in mine.filter(member__in=event.members).select_related("version"):
        stays = row.member_id == given_up and not event.undone
        mark_used_up(row, given_up=stays)


def _move_time(event: RecordsMerged, kept: UUID, given_up: UUID) -> None:
    """Give the kept record the extended time of both: the newest of it counts."""
    time = Allowance.objects.of_program(event.program).filter(enrolment=None)
    if event.undone:
        theirs = _with_joined(given_up)
        time.filter(member=kept, allowed_to__in=theirs).update(member=given_up)
    else:
        time.filter(member=given_up).update(member=kept)


def _move_live(event: RecordsMerged) -> None:
    kept, given_up = event.members
    rows = LiveRegistration.objects.of_program(event.program)
    if event.undone:
        part_live(rows, kept, given_up, _with_joined(given_up))
    else:
        join_live(rows, kept, given_up)


def _count_once(event: RecordsMerged) -> None:
    """Let what both claimed count once; parted again, each has its own (M1)."""
    courses = [
        [claim.activity for claim in same if claim.activity]
        for same in claims_by_course(event.members, event.program)
    ]
    live = live_claims_by_activity(event.members, event.program)
    for same in [*courses, *live]:
        count_once(
            actor=event.actor,
            same=same,
            rule=ONCE_RULE,
            today=event.today,
            now=event.now,
        )


def _with_joined(member_id: UUID) -> set[UUID]:
    """Name a record and all that were merged into it before, one into the other."""
    found, last = {member_id}, {member_id}
    while last:
        rows = Member.objects.filter(joined_to__in=last).exclude(pk__in=found)
        last = set(rows.values_list("pk", flat=True))
        found |= last
    return found
