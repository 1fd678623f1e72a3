"""A practice's reports: the compliance matrix, to look at, to print and as files."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import PRACTICE_SEE, PracticeDoor
from accounts.routes import route
from core import clock
from core.downloads import CSV, XLSX, download
from core.spreadsheets import csv_lines, workbook
from credentials.policy import zone_of
from portal.programs import term_program_asked
from portal.queries.compliance import ONLY, Asked, compliance, compliance_rows
from portal.queries.exports import export_links
from portal.queries.paging import page_number
from portal.sent import sent


@route(permission=PRACTICE_SEE)
def reports(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show each person and each requirement, and the standing month by month."""
    program = term_program_asked(request)
    page = compliance(
        door.practice,
        program,
        _asked(request),
        number=page_number(request.GET.get("page", "1")),
        today=clock.today(zone_of(program)),
    )
    asked = _asked(request)
    context = {
        "page": page,
        "export": export_links(door.practice, program, "compliance", asked.pairs),
        "program": program,
        "page_title": "Compliance",
    }
    return render(request, "portal/reports.html", context)


@route(permission=PRACTICE_SEE, fresh=("GET",))
def reports_csv(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Send the matrix as CSV."""
    name = f"compliance-{door.practice.slug}.csv"
    return download(csv_lines(_rows(request, door)), CSV, name)


@route(permission=PRACTICE_SEE, fresh=("GET",))
def reports_xlsx(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Send the matrix as a workbook."""
    name = f"compliance-{door.practice.slug}.xlsx"
    return download(workbook(_rows(request, door), "Compliance"), XLSX, name)


def _rows(request: HttpRequest, door: PracticeDoor) -> Iterator[Sequence[object]]:
    program = term_program_asked(request)
    return compliance_rows(
        door.practice,
        program,
        _asked(request),
        door.scope,
        today=clock.today(zone_of(program)),
    )


def _asked(request: HttpRequest) -> Asked:
    only = sent(request.GET, "only", 10)
    return Asked(
        only=only if only in dict(ONLY) else "",
        q=sent(request.GET, "q", 100),
    )
