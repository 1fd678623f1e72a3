"""Delivering the outbox: claim a row, render it, send it, settle it.

The row is the queue. A claim is a lease taken by one conditional UPDATE, so of several
workers one sends; a lease that ends, because its worker died, frees the row. The
message keeps its Message-ID, by which a reader drops the copy that a worker may have
sent just before it died.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import F, Q, QuerySet

from core.letters import Letter
from core.models import OutboxMessage
from notifications.queries import message_of

logger = structlog.get_logger(__name__)

MOST_ATTEMPTS = 8
LONGEST_WAIT = timedelta(hours=6)
State = OutboxMessage.State

# Whose `url` opens a door once: it leaves the row with the mail, or never comes there.
ONE_USE = ("invite", "reset")


@dataclass(frozen=True)
class Claim:
    """The right to send one message, until the lease ends."""

    message: OutboxMessage
    lease: datetime


def due_ids(*, now: datetime, most: int = 200) -> list[UUID]:
    """List messages that nobody is sending and whose time has come, oldest first."""
    return list(
        OutboxMessage.objects.filter(_free(now))
        .order_by("due_at")
        .values_list("pk", flat=True)[:most]
    )


def claim(*, message_id: UUID, now: datetime) -> Claim | None:
    """Take the lease on a message; None where there is nothing to take."""
    # Six exchanges with the server, each of which may take that long.
    lease = now + 6 * timedelta(seconds=getattr(settings, "EMAIL_TIMEOUT", None) or 20)
    claimed = OutboxMessage.objects.filter(_free(now), pk=message_id).update(
        state=State.SENDING, leased_until=lease, attempts=F("attempts") + 1
    )
    if not claimed:
        return None
    return Claim(OutboxMessage.objects.get(pk=message_id), lease)


def send(*, claim: Claim, letter: Letter) -> None:
    """Hand the message to the mail server; touches no row.

    Raises:
        OSError: the server is away, slow or refuses; SMTP's own errors are such.
        Exception: whatever else a template or an address makes go wrong.
    """
    message_of(claim.message, letter).send()


def drop(*, claim: Claim) -> None:
    """Mark that there was nobody to tell."""
    _held(claim).update(state=State.VOID, leased_until=None)


def settle(*, claim: Claim, letter: Letter, now: datetime) -> bool:
    """Mark the message sent and keep its words, so that staff can read what went out.

    False where the lease went to another worker.
    """
    settled = _held(claim).update(
        state=State.SENT,
        sent_at=now,
        leased_until=None,
        last_error="",
        payload=_without_secret(claim.message.kind, letter.payload),
    )
    if not settled:
        logger.warning("mail sent after its lease", message=str(claim.message.pk))
    return bool(settled)


def give_back(*, claim: Claim, error: str, now: datetime) -> None:
    """Let it be tried again, each time later; after the eighth leave it to people."""
    message = claim.message
    dead = message.attempts >= MOST_ATTEMPTS
    base = timedelta(seconds=settings.MAIL_RETRY_SECONDS)
    wait = min(base * 2 ** (message.attempts - 1), LONGEST_WAIT)
    logger.error(
        "mail not sent", message=str(message.pk), kind=message.kind, error=error
    )
    changes: dict[str, object] = {}
    if dead:
        changes["payload"] = _without_secret(message.kind, message.payload)
    _held(claim).update(
        state=State.DEAD if dead else State.WAITING,
        due_at=now + wait,
        leased_until=None,
        last_error=error,
        **changes,
    )


def _free(now: datetime) -> Q:
    return Q(state=State.WAITING, due_at__lte=now) | Q(
        state=State.SENDING, leased_until__lte=now
    )


def _held(claim: Claim) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(
        pk=claim.message.pk, state=State.SENDING, leased_until=claim.lease
    )


def _without_secret(kind: str, payload: Mapping[str, object]) -> dict[str, object]:
    kept = dict(payload)
    if kind in ONE_USE:
        kept.pop("url", None)
    return kept
