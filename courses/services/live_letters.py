"""The letter with a live activity's code, 7 to 10 business days after it (M4)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from core.actor import Actor
from core.audit import record
from core.letters import Letter, Moment
from core.models import OutboxMessage
from core.outbox import tell
from courses.models import LiveActivity, LiveRegistration
from courses.models.live import LiveRegistrationQuerySet
from courses.queries.live import codes_of, letter_days
from courses.services.moving import moved
from credentials.policy import day_words, policy_for, zone_of

CODE = "live_code"
MOST_AT_ONCE = 500


def lives_to_tell(*, program: str, today: date) -> Sequence[UUID]:
    """Name activities whose letter's first day has come and that somebody waits for.

    A day that was missed is made up for: until its evaluation is over, whoever was
    there gets the letter late rather than never. So is a letter that nobody got, once
    they have another address.
    """
    rows = LiveActivity.objects.of_program(program).announced()
    rows = rows.filter(cancelled_at=None, last_on__lt=today, evaluate_by__gte=today)
    due = []
    for live in rows.order_by("last_on", "pk"):
        days = letter_days(program, live.last_on)
        if days and days[0] <= today:
            due.append(live.pk)
    # Most days none is due: who waits is asked of those alone.
    return [each for each in due if _waits(each)]


@transaction.atomic
def tell_codes(*, live_id: UUID, now: datetime) -> int:
    """Queue the letter to each who was there and has none yet, once.

    Whoever moved before it left is written to at the new address. Two that do this at
    once tell different people; the outbox takes each letter once.

    Args:
        live_id: one of `lives_to_tell`.
        now: the instant, UTC.

    Returns:
        How many were queued.
    """
    due = _to_tell(live_id)
    for row in due:
        tell(
            kind=CODE,
            subject_id=row.pk,
            recipient=row.member.written_to,
            program=row.program,
            # The code is put in when it leaves: no row has it in the clear before.
            payload={},
            now=now,
        )
        row.told_at = row.told_at or now
        row.save(update_fields=["told_at"])
        record(
            actor=Actor.system("reminders"),
            action="live.told",
            subject=row,
            member_id=row.member_id,
            program=row.program,
            sentence=f"Wrote to {row} about the evaluation of {row.live.title}"[:400],
            now=now,
        )
    return len(due)


def _waits(live_id: UUID) -> bool:
    theirs = _came(LiveRegistration.objects.filter(live=live_id))
    return theirs.filter(told_at=None).exists() or _lost(theirs).exists()


def _to_tell(live_id: UUID) -> Sequence[LiveRegistration]:
    """Hold some who were there, and were not written to or moved since."""
    rows = LiveRegistration.objects.select_for_update(
        of=("self",), no_key=True, skip_locked=True
    )
    lost = _lost(LiveRegistration.objects.filter(live=live_id)).values("pk")
    waiting = _came(rows.filter(live=live_id))
    waiting = waiting.filter(Q(told_at=None) | Q(pk__in=lost))
    waiting = waiting.select_related("live", "member__user").order_by("pk")
    held = [each for each in waiting[:MOST_AT_ONCE] if each.member.written_to]
    # Now that nobody else writes to them: what was queued meanwhile is known.
    ours = LiveRegistration.objects.filter(pk__in=[each.pk for each in held])
    again = {each.pk for each in _lost(ours)}
    return [each for each in held if each.told_at is None or each.pk in again]


def _came(rows: LiveRegistrationQuerySet) -> LiveRegistrationQuerySet:
    """Keep who was there and did not claim yet."""
    return rows.standing().filter(attendance__isnull=False, claim=None)


def _lost(rows: LiveRegistrationQuerySet) -> QuerySet[LiveRegistration]:
    """Keep who was written to at an address that they left before it came."""
    return moved(rows.filter(told_at__isnull=False), kind=CODE)


def compose_live_code(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Give the code and the deadline; nobody where it is claimed, over or cancelled."""
    rows = LiveRegistration.objects.standing().filter(claim=None)
    rows = rows.filter(live__cancelled_at=None, pk=message.subject_id)
    row = rows.select_related("live", "member__user").first()
    if row is None or row.member.written_to.lower() != message.recipient.lower():
        return None
    live = row.live
    if live.evaluate_by < moment.today(zone_of(live.program)):
        return None
    return Letter(
        {
            "practice": policy_for(live.program, on=live.last_on).body_name,
            "name": row.first_name,
            "registered": str(row),
            "title": live.title,
            "held_text": day_words(live.last_on),
            "code": codes_of(live)[0],
            "until_text": day_words(live.evaluate_by),
            "url": settings.BASE_URL + reverse("my_claim"),
        }
    )
