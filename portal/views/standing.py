"""How everybody certified by a body stands, to look at and as a file."""

from collections.abc import Iterator
from tempfile import TemporaryFile

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import STAFF_STANDING, StaffDoor
from accounts.routes import route
from core.downloads import CSV, download
from core.extracts import Table, write_table
from core.scope import Scope
from portal.queries.paging import page_number
from portal.queries.standing_report import (
    SHORT,
    Asked,
    standing_report,
    standing_table,
)
from portal.sent import sent
from portal.views.bodies import body_today
from renewals.rules.cycles import CYCLE_STANDINGS

PIECE = 64 * 1024


@route(permission=STAFF_STANDING)
def standing(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List how everybody stands in their cycle, and what CE they miss."""
    page = standing_report(
        door.program,
        _asked(request),
        number=page_number(request.GET.get("page", "1")),
        today=body_today(door),
    )
    context = {"page": page, "page_title": f"{page.body_name} standing"}
    return render(request, "portal/staff_standing.html", context)


@route(permission=STAFF_STANDING, fresh=("GET",))
def standing_csv(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Send the same people as a file."""
    table = standing_table(door.program, _asked(request), body_today(door))
    rows = pieces(table, door.scope, ending="csv", title="Standing")
    return download(rows, CSV, f"standing-{door.program}.csv")


def pieces(table: Table, scope: Scope, *, ending: str, title: str) -> Iterator[bytes]:
    """Read the whole table at once into a file, then hand that over in pieces.

    Args:
        table: what is read.
        scope: in which it is read.
        ending: of the file, `csv` or `xlsx`.
        title: of a workbook's sheet.
    """
    with TemporaryFile() as file:
        write_table(table, file, scope, ending=ending, title=title)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _asked(request: HttpRequest) -> Asked:
    only = sent(request.GET, "only", 20)
    return Asked(
        only=only if only in (SHORT, *CYCLE_STANDINGS) else "",
        q=sent(request.GET, "q", 100),
    )
