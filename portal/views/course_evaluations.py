"""A course's evaluations for its body's managers: pictures, tables, files."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import STAFF_CATALOGUE, StaffDoor
from accounts.routes import route
from core.downloads import CSV, XLSX, download
from portal.queries.course_evaluations import (
    evaluations_page,
    evaluations_table,
    staff_course,
)
from portal.views.bodies import body_today
from portal.views.standing import pieces


@route(permission=STAFF_CATALOGUE)
def evaluations(
    request: HttpRequest, door: StaffDoor, course_id: UUID
) -> HttpResponseBase:
    """Show what evaluations say of a course, where there are enough."""
    course = staff_course(door.program, course_id)
    page = evaluations_page(course, body_today(door))
    context = {"page": page, "page_title": f"Evaluations: {page.course}"}
    return render(request, "portal/staff_evaluations.html", context)


@route(permission=STAFF_CATALOGUE, fresh=("GET",))
def evaluations_csv(
    request: HttpRequest, door: StaffDoor, course_id: UUID
) -> HttpResponseBase:
    """Send the same as CSV."""
    return _file(door, course_id, "csv", CSV)


@route(permission=STAFF_CATALOGUE, fresh=("GET",))
def evaluations_xlsx(
    request: HttpRequest, door: StaffDoor, course_id: UUID
) -> HttpResponseBase:
    """Send the same as a workbook."""
    return _file(door, course_id, "xlsx", XLSX)


def _file(door: StaffDoor, course_id: UUID, ending: str, kind: str) -> HttpResponseBase:
    course = staff_course(door.program, course_id)
    table = evaluations_table(course, body_today(door))
    rows = pieces(table, door.scope, ending=ending, title="Evaluations")
    return download(rows, kind, f"evaluations-{course.slug}.{ending}")
