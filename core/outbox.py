"""Putting mail into the outbox, in the transaction of the change it tells of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from core.models import OutboxMessage
from core.work import hasten


def tell(
    *,
    kind: str,
    subject_id: UUID,
    recipient: str,
    payload: dict[str, Any],
    now: datetime,
    practice_id: UUID | None = None,
    program: str = "",
) -> OutboxMessage:
    """Queue one message; telling the same thing to the same address again is nothing.

    Args:
        kind: names the templates `mail/<kind>.txt` and `.html`.
        subject_id: the row the message is about.
        recipient: the address, kept as given.
        payload: what the templates need, as plain JSON values.
        now: the instant, UTC; the message is due at once.
        practice_id: the practice it is about.
        program: the body whose staff may read it and have it sent again; none for a
            link that opens an account, which is nobody else's to read.
    """
    message, created = OutboxMessage.objects.get_or_create(
        kind=kind,
        subject_id=subject_id,
        recipient=recipient,
        defaults={
            "payload": payload,
            "practice_id": practice_id,
            "program": program,
            "created_at": now,
            "due_at": now,
        },
    )
    if created:
        hasten("notifications.tasks.deliver", str(message.pk))
    return message
