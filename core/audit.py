"""Writing the trail: one entry for each service call, in the same transaction."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, models

from core.actor import Actor
from core.models import AuditEntry

Changes = dict[str, tuple[Any, Any]]


def record(
    *,
    actor: Actor,
    action: str,
    subject: models.Model,
    sentence: str,
    now: datetime,
    practice_id: UUID | None = None,
    member_id: UUID | None = None,
    program: str = "",
    changes: Changes | None = None,
    reason: str = "",
) -> AuditEntry:
    """Append what happened to the trail.

    Args:
        actor: who did it.
        action: a dotted name such as "seats.granted".
        subject: the row that changed; the trail keeps its type and id.
        sentence: what happened, as a person reads it, without the actor.
        now: the instant, UTC.
        practice_id: the practice whose activity list shows it.
        member_id: the member whose record shows it.
        program: the body concerned.
        changes: field → (old, new).
        reason: why, where the service asks for one.

    Raises:
        RuntimeError: outside a transaction, where entry and change could part.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{action}: the trail is written inside the transaction")
    bound = structlog.contextvars.get_contextvars()
    return AuditEntry.objects.create(
        at=now,
        user_id=actor.user_id,
        token_id=actor.token_id,
        actor=actor.label[:200],
        practice_id=practice_id,
        member_id=member_id,
        program=program,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        sentence=sentence[:400],
        changes={
            field: [_plain(old), _plain(new)]
            for field, (old, new) in (changes or {}).items()
        },
        reason=reason,
        request_id=str(bound.get("request_id", ""))[:64],
    )


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value
