"""The catalogue's items that each door opens on."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from accounts.access import Door, StaffDoor
from ce_credits.models import CatalogueItem
from portal.queries.narrowing import every_word


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
    return found.filter(every_word(asked.get("q", ""), "code", "title", "provider"))
