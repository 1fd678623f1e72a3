"""What happened, as sentences a person reads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from core.models import AuditEntry
from core.shown import when_words
from core.words import day_words

__all__ = [
    "ASSIGNED",
    "Happened",
    "UndoOf",
    "happened",
    "told",
    "when_words",
    "words_of",
]

ASSIGNED = "product.assigned"
# Tells by record where an entry can still be undone.
UndoOf = Callable[[Sequence[AuditEntry]], Mapping[UUID, str]]


@dataclass(frozen=True)
class Happened:
    """One entry: what, when in the reader's words, and who."""

    text: str
    when_text: str
    who: str
    undo_url: str = ""


def happened(
    entries: QuerySet[AuditEntry],
    zone: ZoneInfo,
    most: int = 30,
    *,
    start: int = 0,
    undo_of: UndoOf | None = None,
) -> Sequence[Happened]:
    """Read the newest entries, or those from a place on; times are in the zone."""
    return told(entries.order_by("-at", "-id")[start : start + most], zone, undo_of)


def told(
    entries: Iterable[AuditEntry], zone: ZoneInfo, undo_of: UndoOf | None = None
) -> Sequence[Happened]:
    """Tell of entries in their order; times are in the zone."""
    found = list(entries)
    undo_urls = undo_of(found) if undo_of else {}
    return [
        Happened(
            words_of(entry),
            when_words(entry.at, zone),
            entry.actor,
            undo_urls.get(entry.subject_id, "") if entry.action == ASSIGNED else "",
        )
        for entry in found
    ]


def words_of(entry: AuditEntry) -> str:
    """Write an entry as sentences: what happened, what changed, and why."""
    # What was set for the first time stands in the sentence already.
    changes = [
        f"{field.removesuffix('_on').replace('_', ' ').capitalize()}: "
        f"{_value(old)} → {_value(new)}"
        for field, (old, new) in entry.changes.items()
        if old is not None
    ]
    parts = [entry.sentence, *changes]
    if entry.reason:
        parts.append(f"Reason: {entry.reason}")
    return ". ".join(parts)


def _value(value: object) -> str:
    try:
        return day_words(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
