"""Applications in cycles as the API lists them, behind each door: two statements."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import F, OrderBy, QuerySet, prefetch_related_objects

from accounts.access import Door, OwnDoor, StaffDoor
from core.paging import Page, Rows, take
from portal.queries.applications import sent_application
from portal.queries.narrowing import MEMBER_NAME, every_word
from portal.queries.recertify import application_of
from renewals.models import Recertification

ORDERINGS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "created_at": ("created_at", "pk"),
    "-created_at": ("-created_at", "-pk"),
    "submitted_on": (F("submitted_on").asc(nulls_last=True), "created_at", "pk"),
    "-submitted_on": (F("submitted_on").desc(nulls_last=True), "-created_at", "-pk"),
}
LOOKED_UP = {
    "cycle": "cycle_last_on",
    "kind": "kind",
    "member": "member",
    "program": "program",
    "status": "state",
}


def applied(
    door: Door, asked: Mapping[str, Any], page: Page, *, ordering: str
) -> Rows[Recertification]:
    """List applications behind a door; what was never submitted, to its member alone.

    Args:
        door: one's own, or a body's staff's.
        asked: what to keep; of the names in `LOOKED_UP`, and `q` for words that all
            stand in the member's name.
        page: which of them.
        ordering: one of `ORDERINGS`.

    Raises:
        Missing: the page stands behind the last one.
    """
    found = _behind(door).filter(
        **{LOOKED_UP[name]: each for name, each in asked.items() if name in LOOKED_UP}
    )
    found = found.filter(every_word(asked.get("q", ""), *MEMBER_NAME))
    rows = take(found.order_by(*ORDERINGS[ordering]), page, "pk")
    ids = [row["pk"] for row in rows.rows]
    read = Recertification.objects.select_related("member", "order")
    whole = read.prefetch_related("questions").in_bulk(ids)
    return Rows(rows.count, [whole[pk] for pk in ids])


def one_applied(door: Door, application_id: UUID) -> Recertification:
    """Find one application behind a door.

    Raises:
        Missing: there is none.
    """
    if isinstance(door, OwnDoor):
        row = application_of(door.member, application_id)
        prefetch_related_objects([row], "questions")
        return row
    if isinstance(door, StaffDoor):
        return sent_application(door.program, application_id)
    raise TypeError(f"{door} opens on no applications")


def _behind(door: Door) -> QuerySet[Recertification]:
    if isinstance(door, OwnDoor):
        return Recertification.objects.visible_to(door.member)
    if isinstance(door, StaffDoor):
        return Recertification.objects.of_program(door.program).sent()
    raise TypeError(f"{door} opens on no applications")
