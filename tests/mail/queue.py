"""Outbox rows as other apps queue them."""

from datetime import datetime
from uuid import UUID, uuid4

from core.models import OutboxMessage
from core.outbox import tell
from tests.cast import NOW
from tests.mail.payloads import PAYLOADS


def queued(
    kind: str = "renewed",
    *,
    recipient: str = "bob@mail.example",
    subject_id: UUID | None = None,
    now: datetime = NOW,
    program: str = "",
    **values: object,
) -> OutboxMessage:
    """Queue a message of a kind, with some words changed."""
    return tell(
        kind=kind,
        subject_id=subject_id or uuid4(),
        recipient=recipient,
        payload=PAYLOADS.get(kind, {}) | values,
        now=now,
        program=program,
    )
