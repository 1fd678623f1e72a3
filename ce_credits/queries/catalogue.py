"""What importing a checked file would do to the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ce_credits.models import CatalogueFile, CatalogueItem
from ce_credits.queries.approvals import ended_codes
from ce_credits.rules import topics_asked
from core.seen import digest
from credentials.policy import Topic, policy_for

DEADLINE, TOPICS = "evaluation_deadline", "topics"


@dataclass(frozen=True)
class CatalogueChange:
    """What importing a checked file would do to the catalogue, row by row."""

    new: list[dict[str, Any]]
    changed: list[dict[str, Any]]
    unchanged: list[dict[str, Any]]
    # Of sponsors whose approval is over, perhaps since it was checked: left out.
    ended: list[dict[str, Any]]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What has to be written."""
        return [*self.new, *self.changed]


def catalogue_change(file: CatalogueFile) -> CatalogueChange:
    """Hold a checked file's good rows against the catalogue as it is, by code."""
    known = {
        item.code: item
        for item in CatalogueItem.objects.of_program(file.program).filter(
            code__in=[row["code"] for row in file.rows]
        )
    }
    ended = ended_codes(file.program, [row["code"] for row in file.rows])
    change = CatalogueChange([], [], [], [])
    for row in map(catalogue_values, file.rows):
        item = known.get(row["code"])
        if row["code"] in ended:
            change.ended.append(row)
        elif item is None:
            change.new.append(row)
        elif item.offered_now and all(
            getattr(item, name) == value for name, value in row.items()
        ):
            change.unchanged.append(row)
        else:
            change.changed.append(row)
    return change


def catalogue_values(row: dict[str, Any]) -> dict[str, Any]:
    """Give a checked row as an item holds it: JSON has no days.

    A file without the column of a conference's deadline says nothing of it.
    """
    if DEADLINE not in row:
        return row
    text = row[DEADLINE]
    return row | {DEADLINE: date.fromisoformat(text) if text else None}


def seen_of(value: date | Sequence[str] | None) -> str:
    """Name an item's deadline, or its topics in whatever order, as they are."""
    return digest(sorted(value) if isinstance(value, Sequence) else value)


def topics_of_item(item: CatalogueItem, today: date) -> Sequence[Topic]:
    """Give the topics that staff may say an item is about: those its kind asks (M8)."""
    return topics_asked(policy_for(item.program, on=today), [item.kind])
