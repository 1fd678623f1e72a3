"""Delivering the outbox: claim a row, put it together, hand it over, settle it.

The row is the queue. A claim is a lease taken by one conditional UPDATE, so of several
workers one sends; only who holds the lease may hand over. A lease that ends, because
its worker died, frees the row, unless the message was handed over: then it may have
been taken, and counts as sent without a confirmation
(`docs/decisions/0004-mail-that-may-have-left.md`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q, QuerySet

from core.letters import Letter
from core.mail import (
    Watcher,
    exchange,
    time_to_hand_over,
    time_to_hold,
    time_to_settle,
)
from core.models import OutboxMessage
from notifications.queries import message_of
from notifications.rules import (
    MOST_ATTEMPTS,
    MOST_BROKEN,
    MOST_UNANSWERED,
    ONE_USE,
    Verdict,
    is_last,
    verdict,
    wait,
    words,
)

logger = structlog.get_logger(__name__)

State = OutboxMessage.State

LOST = "The worker that was sending it was lost."
UNHEARD = "The worker was lost after it had handed the message over."


class TooLate(TimeoutError):  # noqa: N818  (an answer, not a fault)
    """The message was not handed over in time: another may send it."""


@dataclass
class Claim:
    """The right to send one message, as long as whoever sends renews the lease.

    `lease` is when it ends. While it is renewed, `coming` is when it will end: where
    the line to the database breaks at that moment, either may be true.
    """

    message: OutboxMessage
    since: datetime
    lease: datetime
    coming: datetime | None = None
    handed: bool = False

    def lasts(self, now: datetime) -> bool:
        """Tell whether the lease outlasts one more answer, even a slow one."""
        return self.handed or self.lease - now >= 2 * exchange()


def due_ids(*, now: datetime, most: int = 1_000) -> list[UUID]:
    """List messages that nobody is sending and whose time has come, oldest first."""
    return list(
        OutboxMessage.objects.filter(_due(now) | _lost(now))
        .order_by("due_at")
        .values_list("pk", flat=True)[:most]
    )


def oldest_overdue(*, now: datetime) -> datetime | None:
    """Tell since when the oldest message waits that nobody sees to; None without."""
    return (
        OutboxMessage.objects.filter(_due(now) | _lost(now))
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )


def recover(*, message_id: UUID, now: datetime) -> None:
    """See to a message whose worker was lost while it was sending.

    Handed over, it may have been taken and counts as sent. One that costs its worker
    every time is left to people. Any other is free to be claimed.
    """
    row = OutboxMessage.objects.filter(_lost(now), pk=message_id).first()
    if row is None or row.leased_until is None:
        return
    handed = row.handed_at is not None
    lost = Claim(row, since=now, lease=row.leased_until, handed=handed)
    if lost.handed:
        _take_as_sent(lost, UNHEARD)
    elif row.attempts >= MOST_BROKEN and row.last_error == LOST:
        _leave_to_people(lost, LOST)
    else:
        _held(lost).update(last_error=LOST)


def claim(*, message_id: UUID, now: datetime) -> Claim | None:
    """Take the lease on a message; None where there is nothing to take."""
    lease = now + time_to_hold()
    free = _due(now) | _lost(now) & Q(handed_at=None)
    claimed = OutboxMessage.objects.filter(free, pk=message_id).update(
        state=State.SENDING, leased_until=lease, attempts=F("attempts") + 1
    )
    if not claimed:
        return None
    return Claim(OutboxMessage.objects.get(pk=message_id), since=now, lease=lease)


def send(
    *,
    claim: Claim,
    letter: Letter,
    waiting: Callable[[], None],
    handing_over: Callable[[EmailMultiAlternatives], None],
) -> None:
    """Give the message to the mail server; touches no row itself.

    Args:
        waiting: called before each answer that is waited for.
        handing_over: called just before the server can take the message for good.

    Raises:
        OSError: the server is away, slow or refuses; SMTP's own errors are such.
        Exception: whatever else a template or an address makes go wrong.
    """
    mail = message_of(claim.message, letter)
    watcher = Watcher(waiting, partial(handing_over, mail))
    mail.connection = get_connection(watcher=watcher)
    mail.send()


def hold(*, claim: Claim, now: datetime) -> None:
    """Renew the lease while a slow server is waited for.

    Raises:
        TooLate: another worker has the lease.
    """
    claim.coming = now + time_to_hold()
    if not _held(claim).update(leased_until=claim.coming):
        raise TooLate("Another worker has the lease.")
    claim.lease = claim.coming


def hand_over(*, claim: Claim, mail: EmailMultiAlternatives, now: datetime) -> None:
    """Note that the message leaves now, with its words, so that staff can read them.

    Raises:
        TooLate: the lease ended, another worker has it, or too little time is left to
            wait for the answer.
    """
    claim.coming = now + time_to_settle()
    secret = claim.message.kind in ONE_USE
    kept = {} if secret else {"subject": mail.subject, "text": mail.body}
    held = _held(claim).filter(leased_until__gt=now)
    in_time = now < claim.since + time_to_hand_over()
    noted = in_time and held.update(handed_at=now, leased_until=claim.coming, **kept)
    if not noted:
        raise TooLate("The mail server was too slow.")
    claim.lease, claim.handed = claim.coming, True


def drop(*, claim: Claim) -> None:
    """Mark that there was nobody to tell."""
    _held(claim).update(state=State.VOID, leased_until=None)


def settle(*, claim: Claim, now: datetime) -> bool:
    """Mark the message sent; False where the lease went to another worker."""
    settled = _held(claim).update(
        state=State.SENT,
        sent_at=now,
        leased_until=None,
        last_error="",
        payload=_without_secret(claim.message),
    )
    if not settled:
        logger.warning("mail sent after its lease", **_names(claim))
    return bool(settled)


def give_back(*, claim: Claim, error: Exception, now: datetime) -> None:
    """Let a message that was not sent be tried again later, or leave it to people.

    One that was handed over without an answer is tried once more under the same
    Message-ID; the second time it counts as sent.
    """
    message, said = claim.message, words(error)
    found = verdict(error, handed=claim.handed)
    unheard = found is Verdict.UNANSWERED
    if unheard and (
        message.unanswered + 1 >= MOST_UNANSWERED or message.attempts >= MOST_ATTEMPTS
    ):
        _take_as_sent(claim, said)
        return
    if is_last(message.attempts, found):
        _leave_to_people(claim, said)
        return
    note = "mail ambiguous" if unheard else "mail not sent"
    logger.warning(note, error=said, **_names(claim))
    base = timedelta(seconds=settings.MAIL_RETRY_SECONDS)
    _held(claim).update(
        state=State.WAITING,
        due_at=now + wait(message.attempts, base=base),
        leased_until=None,
        handed_at=None,
        unanswered=F("unanswered") + int(unheard),
        last_error=said,
    )


def _take_as_sent(claim: Claim, said: str) -> None:
    # The lease stays: who held it may still hear the answer and settle.
    taken = (
        _held(claim)
        .filter(state=State.SENDING)
        .update(
            state=State.UNCONFIRMED,
            sent_at=F("handed_at"),
            unanswered=F("unanswered") + 1,
            last_error=said,
            payload=_without_secret(claim.message),
        )
    )
    if taken:
        logger.error("mail ambiguous", error=said, **_names(claim))


def _leave_to_people(claim: Claim, said: str) -> None:
    left = _held(claim).update(
        state=State.DEAD,
        leased_until=None,
        handed_at=None,
        last_error=said,
        payload=_without_secret(claim.message),
    )
    if left:
        logger.error("mail dead", error=said, **_names(claim))


def _due(now: datetime) -> Q:
    return Q(state=State.WAITING, due_at__lte=now)


def _lost(now: datetime) -> Q:
    return Q(state=State.SENDING, leased_until__lte=now)


def _held(claim: Claim) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(
        pk=claim.message.pk,
        state__in=(State.SENDING, State.UNCONFIRMED),
        attempts=claim.message.attempts,
        leased_until__in=[each for each in (claim.lease, claim.coming) if each],
    )


def _names(claim: Claim) -> dict[str, str]:
    return {"message": str(claim.message.pk), "kind": claim.message.kind}


def _without_secret(message: OutboxMessage) -> Mapping[str, object]:
    kept = dict(message.payload)
    if message.kind in ONE_USE:
        kept.pop("url", None)
    return kept
