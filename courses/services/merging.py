"""An exam goes where what opened it goes; a course, with whoever learns it."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery

from accounts.events import RecordsMerged
from accounts.models import Member
from ce_credits.services import count_once
from core.work import hasten
from courses.models import Allowance, Attempt, CourseCredit, Enrolment
from courses.queries.claims import ONCE_RULE, claims_by_course
from credentials.models import Assignment


def on_records_merged(event: RecordsMerged) -> None:
    """Give exams to whoever has what opened them, and courses to the record kept."""
    rows = Attempt.objects.of_program(event.program).of_exams()
    rows = rows.filter(member__in=event.members)
    owner = Assignment.objects.filter(pk=OuterRef("assignment")).values("member")
    strayed = rows.exclude(assignment__member=F("member"))
    # Together they may have passed all that a credential asks: looked at anew.
    if strayed.update(member=Subquery(owner), reported_at=None):
        hasten("courses.tasks.earn")
    _move_courses(event)
    _count_once(event)


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


def _move_time(event: RecordsMerged, kept: UUID, given_up: UUID) -> None:
    """Give the kept record the extended time of both: the newest of it counts."""
    time = Allowance.objects.of_program(event.program).filter(enrolment=None)
    if event.undone:
        theirs = _with_joined(given_up)
        time.filter(member=kept, allowed_to__in=theirs).update(member=given_up)
    else:
        time.filter(member=given_up).update(member=kept)


def _count_once(event: RecordsMerged) -> None:
    """Let what both claimed count once; parted again, each has its own (M1)."""
    for same in claims_by_course(event.members, event.program):
        count_once(
            actor=event.actor,
            same=[claim.activity for claim in same if claim.activity],
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
