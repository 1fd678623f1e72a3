"""Writing the trail: one entry for each service call, in the same transaction.

Each entry is the next of its chain (`core.chain`). The chain's end is locked until the
transaction ends, so two writers never follow the same entry.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, models

from core.actor import Actor
from core.chain import chain_of, plain, seal, spelled
from core.models import AuditEntry, AuditHead
from core.scope import Scope, stepping_into

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
    values: dict[str, Any] = {
        "at": now,
        "user_id": actor.user_id,
        "token_id": actor.token_id,
        "actor": actor.label[:200],
        "practice_id": practice_id,
        "member_id": member_id,
        "program": program,
        "action": action,
        "subject_type": subject._meta.label_lower,
        "subject_id": UUID(str(subject.pk)),
        "sentence": sentence[:400],
        "changes": {
            field: [plain(old), plain(new)]
            for field, (old, new) in (changes or {}).items()
        },
        "reason": reason,
        "request_id": request_id(),
    }
    with _at_the_end(chain_of(practice_id, program)) as head:
        return _append(head, values)


def hold_chains(*, practice_ids: Iterable[UUID | None], program: str) -> None:
    """Wait until nobody else writes the chains; held until the transaction ends.

    Everybody takes them in one order. For a service that locks rows which others lock
    after their entry: whoever holds the rows and waits for a chain would wait for
    somebody who waits for the rows.

    Raises:
        RuntimeError: outside a transaction.
    """
    for chain in sorted({chain_of(each, program) for each in practice_ids}):
        with _at_the_end(chain):
            pass


def request_id() -> str:
    """Name the request or task that is being answered; empty outside one."""
    bound = structlog.contextvars.get_contextvars()
    return str(bound.get("request_id", ""))[:64]


@contextmanager
def _at_the_end(chain: str) -> Iterator[AuditHead]:
    """Lock the end of a chain: of many writers one goes on, the others wait."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{chain}: the trail is written inside the transaction")
    with stepping_into(Scope.trail()):
        head = _locked(chain)
        if head is None:
            AuditHead.objects.bulk_create(
                [AuditHead(chain=chain)], ignore_conflicts=True
            )
            head = AuditHead.objects.select_for_update().get(chain=chain)
        yield head


def _locked(chain: str) -> AuditHead | None:
    # SQLite has one writer at a time, from the transaction's first statement on.
    return AuditHead.objects.select_for_update().filter(chain=chain).first()


def _append(head: AuditHead, values: dict[str, Any]) -> AuditEntry:
    values |= {
        "chain": head.chain,
        "number": head.count + 1,
        "previous": head.hash,
    }
    key_id, made = seal(spelled(values))
    entry = AuditEntry.objects.create(**values, hash=made, key_id=key_id)
    AuditHead.objects.filter(chain=head.chain).update(count=entry.number, hash=made)
    return entry
