"""Who attended an approved activity: its sponsor's list, handed to the feed (N12).

A sponsor learns nothing of who the body's people are: a list is held against its own
activity alone. What matches nobody waits for the body's staff, as of any feed.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from ce_credits.models import ApprovalApplication, AttendanceList, FeedRow
from ce_credits.queries import attended
from ce_credits.rules import Attended, Completion, day_read, person_of, wrong_rows
from ce_credits.services.approval_steps import note_approval
from ce_credits.services.feed_files import Rows, completions_in
from ce_credits.services.feed_taking import completion_of
from ce_credits.services.feeding import LONGEST_SOURCE, TASK, receive_feed
from core.actor import Actor
from core.failures import FieldProblem, NotUsable, Stale
from core.work import hasten

NEEDED = ("completed_on",)
MEND = "Mend the rows named here, then send the list again. Nothing was taken in."
EMPTY = "The list names nobody. Send a row for each person."
Sent = Sequence[tuple[int, Completion]]


def read_attendance(*, rows: Rows) -> Sent:
    """Read a file's rows; the code's column may be left out.

    Raises:
        NotUsable: a column is missing or there twice.
    """
    return completions_in(rows, needed=NEEDED)


@transaction.atomic
def check_attendance(
    *,
    actor: Actor,
    user: User,
    application: ApprovalApplication,
    name: str,
    sent: Sent,
    today: date,
    now: datetime,
) -> AttendanceList:
    """Keep a list with what has to be mended; nobody gets anything yet.

    Raises:
        NotUsable: it names nobody.
        Refusal: the activity is not approved.
    """
    activity = attended(application)
    if not sent:
        raise NotUsable(EMPTY, [FieldProblem("file", EMPTY)])
    problems = [
        {"row": number, "column": wrong.field, "text": wrong.text}
        for number, wrong in wrong_rows(activity, sent, today)
    ]
    kept = [replace(each, code=activity.code).kept for _, each in sent]
    made = AttendanceList.objects.create(
        application=application,
        name=name[:200],
        rows=[asdict(each) for each in kept],
        problems=problems,
        count=len(sent),
        by=actor.label[:200],
        user=user,
        at=now,
    )
    noun = "row" if len(sent) == 1 else "rows"
    text = f"Checked attendance of {activity.code}: {len(sent)} {noun}"
    note_approval(application, actor, "attendance_checked", text, now)
    return made


@transaction.atomic
def send_attendance(
    *, actor: Actor, attendance: AttendanceList, now: datetime
) -> AttendanceList:
    """Send a checked list; a worker hands it to the body's feed.

    Raises:
        NotUsable: rows have to be mended.
        Stale: it was sent already.
    """
    if attendance.problems:
        raise NotUsable(MEND, [FieldProblem("file", MEND)])
    mine = AttendanceList.objects.filter(pk=attendance.pk, sent_at=None)
    if not mine.update(sent_at=now):
        raise Stale("This list was sent already, once.")
    attendance.sent_at = now
    application = attendance.application
    noun = "row" if attendance.count == 1 else "rows"
    text = f"Sent attendance of “{application}”: {attendance.count} {noun}"
    note_approval(application, actor, "attendance_sent", text, now)
    hasten(TASK)
    return attendance


def lists_to_take_in(*, most: int) -> Sequence[UUID]:
    """Name the lists that no worker handed over yet, the oldest first."""
    waiting = AttendanceList.objects.to_take_in().order_by("sent_at", "id")
    return list(waiting.values_list("pk", flat=True)[:most])


@transaction.atomic
def take_attendance_in(*, list_id: UUID, now: datetime) -> AttendanceList | None:
    """Hand a list to the body's feed, whoever was named before left out.

    Lists of one activity are taken in one after the other, so that nobody has its
    credit twice for two days.

    Returns:
        The list; None where it was handed over already.
    """
    found = AttendanceList.objects.to_take_in().filter(pk=list_id)
    attendance = found.select_related("application__item").first()
    if attendance is None:
        return None
    application = attendance.application
    held = ApprovalApplication.objects.select_for_update(of=("self",), no_key=True)
    held.get(pk=application.pk)
    mine = AttendanceList.objects.to_take_in().filter(pk=list_id)
    activity = attended(application)
    new = _new_of(application, activity, attendance)
    # What becomes of its rows is nobody's entry but the body's; its sponsor gets no
    # credit of their own by it, as whoever made a body's token gets none.
    actor = Actor(attendance.by, maker_id=attendance.user_id)
    if not mine.update(taken_at=now, rows=[]):
        return None
    if new:
        received = receive_feed(
            actor=actor,
            program=application.program,
            source=_source(application, activity.code),
            sent=new,
            now=now,
        )
        AttendanceList.objects.filter(pk=list_id).update(delivery=received.delivery)
    attendance.taken_at, attendance.rows = now, []
    text = f"Took attendance of {activity.code} in: {len(new)} of {attendance.count}"
    note_approval(application, actor, "attendance_taken", text, now)
    return attendance


def _new_of(
    application: ApprovalApplication, activity: Attended, attendance: AttendanceList
) -> list[Completion]:
    known = _people_of(application.program, activity.code)
    # What took another's place while it was held is one activity with it.
    days, former = set(activity.days), application.replaces
    while former is not None and former.item is not None:
        known |= _people_of(application.program, former.item.code, days)
        former = former.replaces
    sent = [Completion(**row) for row in attendance.rows]
    return [each for each in sent if person_of(each) not in known]


def _people_of(
    program: str, code: str, days: Collection[date] | None = None
) -> set[str]:
    """Name who was named for a code, on some days alone where they are given."""
    rows = FeedRow.objects.of_program(program).filter(code=code)
    there = map(completion_of, rows.exclude(state=FeedRow.State.SET_ASIDE))
    return {
        person_of(each)
        for each in there
        if days is None or day_read(each.completed_on) in days
    }


def _source(application: ApprovalApplication, code: str) -> str:
    ending = f" ({code})"
    return application.sponsor[: LONGEST_SOURCE - len(ending)] + ending
