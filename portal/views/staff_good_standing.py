"""The good-standing report for a body's staff: by credential, as of a day (R6)."""

from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import STAFF_STANDING, StaffDoor
from accounts.routes import route
from core.downloads import CSV, XLSX, download
from core.failures import FieldProblem, NotUsable
from portal.queries.credential_report import (
    Asked,
    credential_codes,
    credential_report,
    credential_table,
)
from portal.queries.paging import page_number
from portal.queries.shown import STANDING_TAGS
from portal.sent import sent
from portal.views.bodies import body_today
from portal.views.standing import pieces


@route(permission=STAFF_STANDING)
def good_standing(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List the holders of each credential as of a day, and how many stand how."""
    today = body_today(door)
    asked, as_of = _asked(request, door.program, today)
    page = credential_report(
        door.program,
        asked,
        as_of=as_of,
        number=page_number(request.GET.get("page", "1")),
        today=today,
    )
    context = {"page": page, "page_title": f"{page.body_name} good standing"}
    return render(request, "portal/staff_good_standing.html", context)


@route(permission=STAFF_STANDING, fresh=("GET",))
def good_standing_csv(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Send the same holders as CSV."""
    return _file(request, door, "csv", CSV)


@route(permission=STAFF_STANDING, fresh=("GET",))
def good_standing_xlsx(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Send the same holders as a workbook."""
    return _file(request, door, "xlsx", XLSX)


def _file(
    request: HttpRequest, door: StaffDoor, ending: str, kind: str
) -> HttpResponseBase:
    asked, as_of = _asked(request, door.program, body_today(door))
    table = credential_table(door.program, asked, as_of=as_of)
    rows = pieces(table, door.scope, ending=ending, title="Good standing")
    name = f"good-standing-{door.program}-{as_of.isoformat()}.{ending}"
    return download(rows, kind, name)


def _asked(request: HttpRequest, program: str, today: date) -> tuple[Asked, date]:
    """Read who is wanted, and as of which day.

    Raises:
        NotUsable: what was typed is no day.
    """
    text = sent(request.GET, "day", 40)
    credential = sent(request.GET, "credential", 20)
    only = sent(request.GET, "only", 20)
    asked = Asked(
        day=text,
        credential=credential if credential in credential_codes(program, today) else "",
        only=only if only in STANDING_TAGS else "",
        q=sent(request.GET, "q", 100),
    )
    return asked, _day(text) if text else today


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not 1900 < day.year < 9999:
        said = f"“{text}” is no day. Enter one such as 2025-11-17, or leave it empty."
        raise NotUsable(said, [FieldProblem("day", said)])
    return day
