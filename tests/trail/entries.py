"""Entries to build chains of."""

from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction

from core.actor import Actor
from core.audit import Changes, record
from core.chain import chain_of, keys, mark, spelled
from core.models import AuditEntry, AuditHead, UsedKey
from tests.cast import NOW, TESTER


def entry(
    sentence: str = "Something happened",
    *,
    practice_id: UUID | None = None,
    program: str = "",
    changes: Changes | None = None,
    actor: Actor = TESTER,
    now: datetime = NOW,
) -> AuditEntry:
    """Write one entry about nobody in particular, in a transaction of its own."""
    with transaction.atomic():
        return record(
            actor=actor,
            action="test.happened",
            subject=UsedKey(pk=UUID(int=1)),
            sentence=sentence,
            practice_id=practice_id,
            program=program,
            changes=changes,
            now=now,
        )


def faults() -> list[str]:
    """Name each place where the stored chains don't hold, the plain way."""
    found = []
    rows = AuditEntry.objects.order_by("chain", "number").values()
    for chain, links in groupby(rows, key=lambda row: str(row["chain"])):
        before, number = "", 0
        for row in links:
            number += 1
            made = mark(keys()[row["key_id"]], spelled(row))
            fits = (row["number"], row["previous"], row["hash"]) == (
                number,
                before,
                made,
            )
            if not fits or chain != chain_of(row["practice_id"], row["program"]):
                found.append(f"{chain} {number}")
            before = str(row["hash"])
        head = AuditHead.objects.get(chain=chain)
        if (head.count, head.hash) != (number, before):
            found.append(f"{chain} head")
    return found
