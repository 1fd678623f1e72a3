"""Taking letters about a term back: who read of it is told that it was undone.

A letter that has not left is not sent: whoever composes it finds the term undone. So
only those are told whose letter left, or may have.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from core.day_entries import put_in
from core.letters import Letter, Moment
from core.models import OutboxMessage
from core.outbox import tell
from credentials.events import Why
from credentials.models import Assignment, Window
from credentials.policy import day_words, zone_of
from renewals.queries import endings_of
from renewals.services.letters import (
    closed_by,
    day_entry,
    mode_words,
    undone_before,
    was_noticed,
)
from renewals.services.telling import practice_url, sender_of

RENEWED, READY = "renewed", "certificate_ready"
RENEWED_ADMINISTRATOR = "renewed_administrator"
UNDONE, UNDONE_ADMINISTRATOR = "renewal_undone", "renewal_undone_administrator"
State = OutboxMessage.State
ONE_RECORD = "You have one record now: the dates of your own count."
# Handed over without an answer, it waits to be tried again, and may have been taken.
NOT_LEFT = Q(state__in=(State.WAITING, State.VOID, State.DEAD), handed_at=None)


@dataclass(frozen=True)
class Undone:
    """A term that was undone.

    Args:
        given: the assignment that began it.
        window: the term.
        before: the term that is the member's newest again; None for no member.
        number: of the certificate that is superseded, or empty.
        why: a slip, or a record that gave way to the person's.
    """

    given: Assignment
    window: Window
    before: Window | None
    number: str
    why: Why = "pressed"


def take_letters_back(done: Iterable[Undone], now: datetime) -> None:
    """Tell holders and Practice Administrators whose letters about the terms left."""
    by_batch: defaultdict[UUID, list[Undone]] = defaultdict(list)
    for each in done:
        _tell_holder(each, now)
        # A practice whose record was joined is told of that.
        if each.why == "pressed":
            by_batch[each.given.batch_id].append(each)
    for rows in by_batch.values():
        _tell_administrators(rows, now)


def _left(kind: str, subject_ids: Iterable[UUID]) -> Sequence[OutboxMessage]:
    """Lock the letters about something, and list those that left or may have.

    A worker that is about to take one up waits, and then finds the term undone.
    """
    found = OutboxMessage.objects.filter(kind=kind, subject_id__in=list(subject_ids))
    locked = list(found.select_for_update(of=("self",)).order_by("pk"))
    not_left = set(found.filter(NOT_LEFT).values_list("pk", flat=True))
    return [each for each in locked if each.pk not in not_left]


def _tell_holder(undone: Undone, now: datetime) -> None:
    window, own = undone.window, undone.window.member.written_to.lower()
    told = {each.recipient: each for each in _left(RENEWED, [window.pk])}
    for each in _left(READY, [window.pk]):
        if each.recipient.lower() == own:
            told.setdefault(each.recipient, each)
    for recipient in told:
        tell(
            kind=UNDONE,
            subject_id=window.pk,
            recipient=recipient,
            practice_id=window.practice_id,
            program=window.program,
            payload={
                "practice": sender_of(window),
                "name": window.member.first_name,
                "items": [_stands(undone, "You are "), *_superseded(undone)],
                "url": settings.BASE_URL + reverse("me"),
            },
            now=now,
        )


def _tell_administrators(rows: Sequence[Undone], now: datetime) -> None:
    batch_id, window = rows[0].given.batch_id, rows[0].window
    names: dict[str, str] = {}
    for each in _left(RENEWED_ADMINISTRATOR, [batch_id]):
        names[each.recipient] = str(each.payload.get("name", ""))
    holders = {row.window.member.written_to.lower() for row in rows}
    for each in _left(READY, [row.window.pk for row in rows]):
        if each.recipient.lower() not in holders:
            names.setdefault(each.recipient, str(each.payload.get("name", "")))
    items = [
        f"{row.window.member.name}: " + " ".join([_stands(row, ""), *_superseded(row)])
        for row in rows
    ]
    for recipient, name in names.items():
        tell(
            kind=UNDONE_ADMINISTRATOR,
            # An assignment is undone once, so this names what was undone together.
            subject_id=min(row.given.pk for row in rows),
            recipient=recipient,
            practice_id=window.practice_id,
            program=window.program,
            payload={
                "practice": sender_of(window),
                "name": name,
                "items": items,
                "url": practice_url(window),
            },
            now=now,
        )


def _stands(undone: Undone, who: str) -> str:
    if undone.why != "pressed":
        return ONE_RECORD
    if undone.before is None:
        return f"{who}not a member any more."
    return f"The renewal date is {day_words(undone.before.renewal_on)} again."


def _superseded(undone: Undone) -> Sequence[str]:
    if not undone.number:
        return ()
    said = "whoever checks its number reads that it does not count."
    return (f"Certificate {undone.number} is superseded: {said}",)


def compose_undone(*, message: OutboxMessage, moment: Moment) -> Letter:
    """Tell a member that a term was undone; the date before it is in force again."""
    undone = Window.every.filter(pk=message.subject_id).first()
    closed = closed_by(undone) if undone else None
    if undone is None or closed is None:
        return Letter(message.payload)
    if not was_noticed(closed, message.recipient):
        return Letter(message.payload)
    today = moment.today(zone_of(closed.program))
    for ending in endings_of([closed.pk]):
        if closed.renewal_on >= today:
            text = mode_words(ending)
            entry = day_entry(closed, text, made_at=message.created_at)
            sequence = 2 + 2 * undone_before(undone)
            return Letter(message.payload, [put_in(entry, sequence=sequence)])
    return Letter(message.payload)


def compose_ready(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Tell of a certificate that was issued; None where its term was undone."""
    return None if _undone([message.subject_id]) else Letter(message.payload)


def compose_renewed_administrator(
    *, message: OutboxMessage, moment: Moment
) -> Letter | None:
    """Tell of those who are renewed still; None where all of it was undone."""
    payload = message.payload
    windows = [UUID(each) for each in payload.get("windows", ())]
    undone = _undone(windows)
    if not undone:
        return Letter(payload)
    items = [
        item
        for window, item in zip(windows, payload["items"], strict=True)
        if window not in undone
    ]
    kept: Mapping[str, object] = {**payload, "items": items}
    return Letter(dict(kept)) if items else None


def _undone(window_ids: Iterable[UUID]) -> frozenset[UUID]:
    found = Window.every.filter(pk__in=list(window_ids), undone_at__isnull=False)
    return frozenset(found.values_list("pk", flat=True))
