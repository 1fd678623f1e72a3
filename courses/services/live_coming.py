"""Members register for a live activity, and cancel; no more come than fit in (M4)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import Member
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable
from core.turns import take_turn
from courses.models import LiveActivity, LiveAttendance, LiveRegistration
from courses.queries.live import (
    registration_of,
    taken_places,
    why_not_registered,
)
from credentials.policy import day_words

FULL = "All places are taken. Look again later: somebody may cancel."
LONGEST_NAME = 100
NAMES = {"first_name": "Enter your first name.", "last_name": "Enter your last name."}


@transaction.atomic
def register_live(
    *,
    actor: Actor,
    live: LiveActivity,
    member: Member,
    first_name: str,
    last_name: str,
    today: date,
    now: datetime,
) -> LiveRegistration:
    """Give somebody a place at an activity; again gives back the one they have.

    Whoever takes a place waits for whoever does at the same moment, and the database
    gives each place once: the last one goes to one of them.

    Args:
        actor: the member themselves.
        live: an announced activity.
        member: who comes.
        first_name: as it has to be written again to claim credit.
        last_name: as it has to be written again to claim credit.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: it is full, has begun, or is cancelled.
        NotUsable: a name is missing or too long.
    """
    names = _names(first_name, last_name)
    take_turn(f"live {live.pk}")
    # As it is now: it may have been cancelled while somebody read its page.
    live = LiveActivity.objects.get(pk=live.pk)
    row = registration_of(member, live)
    if row is not None and row.place is not None:
        return row
    if reason := why_not_registered(live, today):
        raise NotEligible(reason)
    taken = taken_places(live)
    free = [each for each in range(1, live.capacity + 1) if each not in taken]
    if not free:
        raise NotEligible(FULL)
    if row is None:
        row = LiveRegistration(
            member=member, made_by=member, program=live.program, live=live
        )
    row.place, row.at, row.email = free[0], now, member.written_to
    row.first_name, row.last_name = names
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotEligible(FULL) from error
    _note(actor, row, "live.registered", "Registered for", now)
    return row


@transaction.atomic
def cancel_registration(
    *, actor: Actor, registration: LiveRegistration, today: date, now: datetime
) -> None:
    """Give a place back before the activity begins; again changes nothing.

    Raises:
        NotEligible: it has begun, or they were there.
    """
    rows = LiveRegistration.objects.select_related("live")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=registration.pk)
    if row.place is None:
        return
    first = row.live.first_on
    if today >= first or LiveAttendance.objects.filter(registration=row).exists():
        raise NotEligible(
            f"You could cancel until the day before {day_words(first)}, when it began."
        )
    row.place = None
    row.save()
    _note(actor, row, "live.left", "Cancelled the registration for", now)


def _names(first_name: str, last_name: str) -> tuple[str, str]:
    typed = {"first_name": first_name, "last_name": last_name}
    said = {field: " ".join(text.split()) for field, text in typed.items()}
    found = [
        FieldProblem(
            field,
            f"Use at most {LONGEST_NAME} characters." if text else NAMES[field],
        )
        for field, text in said.items()
        if not text or len(text) > LONGEST_NAME
    ]
    if found:
        raise NotUsable(found[0].text, found)
    return said["first_name"], said["last_name"]


def _note(
    actor: Actor, row: LiveRegistration, action: str, verb: str, now: datetime
) -> None:
    record(
        actor=actor,
        action=action,
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"{verb} {row.live.title}"[:400],
        now=now,
    )
