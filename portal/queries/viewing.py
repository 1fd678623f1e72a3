"""The views that staff saved of a list, and which of them is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from portal.models import SavedView
from portal.queries.narrowing import Pill


@dataclass(frozen=True)
class Views:
    """What stands above a list: its views, and what can be done about the open one.

    Filters can be saved where there are some (`can_save`) that are not: `remove_url` is
    there where they are.
    """

    pills: Sequence[Pill]
    query: str = ""
    current: str = ""
    can_save: bool = False
    remove_url: str = ""


def views_of(program: str, place: str, list_url: str, query: str) -> Views:
    """Read the views of a list.

    Args:
        place: the list, of `SavedView.Place`.
        list_url: the list's address without filters.
        query: the end of its address that says what is open; empty for no filters.
    """
    rows = list(SavedView.objects.of_list(program, place))
    current = next((row for row in rows if query and row.query == query), None)
    return Views(
        pills=[
            Pill(row.name, f"{list_url}{row.query}", row == current) for row in rows
        ],
        query=query,
        current=current.name if current else "",
        can_save=bool(query) and current is None,
        remove_url=_remove_url(current) if current else "",
    )


REMOVING = {
    SavedView.Place.QUEUE: "staff_view_remove",
    SavedView.Place.APPLICATIONS: "staff_applications_view_remove",
}


def _remove_url(row: SavedView) -> str:
    place = {"program": row.program, "view_id": row.pk}
    return reverse(REMOVING[SavedView.Place(row.place)], kwargs=place)


def views_kept(program: str, place: SavedView.Place) -> list[SavedView]:
    """List what a body's staff keep of a list, by name."""
    return list(SavedView.objects.of_list(program, place))
