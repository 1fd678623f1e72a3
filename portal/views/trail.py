"""What happened in a practice or a body, to look at and as a file."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import (
    PRACTICE_ACTIVITY,
    STAFF_ACTIVITY,
    PracticeDoor,
    StaffDoor,
)
from accounts.routes import route
from core import clock
from core.downloads import CSV, download
from core.failures import Missing
from core.models import AuditEntry
from core.spreadsheets import csv_lines
from credentials.policy import programs, zone_of
from portal.programs import term_program_asked
from portal.queries.exports import export_links
from portal.queries.paging import page_number
from portal.queries.places import body_name
from portal.queries.trail_page import (
    FIELDS,
    Filters,
    body_file,
    filters_of,
    practice_file,
    trail_page,
    trail_rows,
)
from portal.queries.undoing import undo_of
from portal.sent import sent


@route(permission=PRACTICE_ACTIVITY)
def practice(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show what happened in a practice."""
    program, filters = term_program_asked(request), _filters(request)
    page = trail_page(
        AuditEntry.objects.of(door.practice),
        filters,
        place=door.practice.name,
        file_url=practice_file(door.practice.slug),
        zone=zone_of(program),
        number=page_number(request.GET.get("page", "1")),
        undo_of=undo_of(door.practice, clock.now()),
    )
    context = {
        "page": page,
        "export": export_links(door.practice, program, "activity", filters.named()),
        "page_title": f"{door.practice.name} activity",
    }
    return render(request, "portal/trail.html", context)


@route(permission=PRACTICE_ACTIVITY, fresh=("GET",))
def practice_csv(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Send what happened in a practice as a file."""
    rows = trail_rows(
        AuditEntry.objects.of(door.practice),
        _filters(request),
        door.scope,
        zone_of(term_program_asked(request)),
    )
    return download(csv_lines(rows), CSV, f"activity-{door.practice.slug}.csv")


@route(permission=STAFF_ACTIVITY)
def body(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Show what happened under a body."""
    page = trail_page(
        AuditEntry.objects.of_program(_known(door)),
        _filters(request),
        place=f"{body_name(door.program)} staff",
        file_url=body_file(door.program),
        zone=zone_of(door.program),
        number=page_number(request.GET.get("page", "1")),
    )
    context = {"page": page, "page_title": f"{body_name(door.program)} activity"}
    return render(request, "portal/trail.html", context)


@route(permission=STAFF_ACTIVITY, fresh=("GET",))
def body_csv(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Send what happened under a body as a file."""
    rows = trail_rows(
        AuditEntry.objects.of_program(_known(door)),
        _filters(request),
        door.scope,
        zone_of(door.program),
    )
    return download(csv_lines(rows), CSV, f"activity-{door.program}.csv")


def _filters(request: HttpRequest) -> Filters:
    said = {name: sent(request.GET, name, most) for name, most in FIELDS.items()}
    return filters_of(said)


def _known(door: StaffDoor) -> str:
    """Give the body's code.

    Raises:
        Missing: it has no policy, so there is nothing here yet.
    """
    if door.program not in programs():
        raise Missing("Not found.")
    return door.program
