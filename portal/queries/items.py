"""The catalogue's items that each door opens on."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from accounts.access import Door, StaffDoor
from ce_credits.models import CatalogueItem

MOST_WORDS = 5


def catalogue(door: Door, asked: Mapping[str, Any]) -> QuerySet[CatalogueItem]:
    """Find items: for a body's staff all of theirs, for others what can be picked.

    Args:
        asked: what to keep: `program`, `kind`, and `q` for words that all stand in the
            code, the title or the provider.
    """
    if isinstance(door, StaffDoor):
        found = CatalogueItem.objects.of_program(door.program)
    else:
        found = CatalogueItem.objects.offered()
    found = found.filter(
        **{name: asked[name] for name in ("program", "kind") if name in asked}
    )
    for word in asked.get("q", "").split()[:MOST_WORDS]:
        found = found.filter(
            Q(code__icontains=word)
            | Q(title__icontains=word)
            | Q(provider__icontains=word)
        )
    return found
