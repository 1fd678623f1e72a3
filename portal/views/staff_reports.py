"""Reports for a body's managers: standing, renewals, audits and credits, by month."""

from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import STAFF_STANDING, StaffDoor
from accounts.routes import route
from core.downloads import CSV, XLSX, download
from portal.queries.reports_asked import REPORTS, Asked, asked_of
from portal.queries.reports_file import report_table
from portal.queries.reports_page import report_page
from portal.sent import sent
from portal.views.bodies import body_today
from portal.views.standing import pieces

NAMES = ("report", "from", "through", "credential")
LONGEST = 40


@route(permission=STAFF_STANDING)
def reports(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Show one report of some months, with its picture and its tables."""
    today = body_today(door)
    page = report_page(door.program, _asked(request, door, today), today=today)
    context = {"page": page, "page_title": f"{page.body_name}: {page.title}"}
    return render(request, "portal/staff_reports.html", context)


@route(permission=STAFF_STANDING, fresh=("GET",))
def reports_csv(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Send the same figures as CSV."""
    return _file(request, door, "csv", CSV)


@route(permission=STAFF_STANDING, fresh=("GET",))
def reports_xlsx(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Send the same figures as a workbook."""
    return _file(request, door, "xlsx", XLSX)


def _file(
    request: HttpRequest, door: StaffDoor, ending: str, kind: str
) -> HttpResponseBase:
    today = body_today(door)
    asked = _asked(request, door, today)
    table = report_table(door.program, asked, today=today)
    title = REPORTS[asked.report]
    rows = pieces(table, door.scope, ending=ending, title=title)
    span = f"{asked.first:%Y-%m}-{asked.last:%Y-%m}"
    name = f"{asked.report}-{door.program}-{span}.{ending}"
    return download(rows, kind, name)


def _asked(request: HttpRequest, door: StaffDoor, today: date) -> Asked:
    """Read which report of which months is wanted.

    Raises:
        NotUsable: the address names none that there is.
    """
    given = {name: sent(request.GET, name, LONGEST) for name in NAMES}
    return asked_of(door.program, given, today=today)
