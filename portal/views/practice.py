"""A practice's own pages."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import PRACTICE_SEE, PracticeDoor
from accounts.routes import route
from core import clock
from credentials.policy import zone_of
from portal.programs import program_asked
from portal.queries.practice_home import practice_home
from portal.queries.record import member_record


@route(permission=PRACTICE_SEE)
def home(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show what needs the administrator today."""
    program = program_asked(request)
    today = clock.today(zone_of(program))
    page = practice_home(door.practice, program, today=today)
    context = {"page": page, "page_title": door.practice.name}
    return render(request, "portal/practice_home.html", context)


@route(permission=PRACTICE_SEE)
def record(
    request: HttpRequest, door: PracticeDoor, member_id: UUID
) -> HttpResponseBase:
    """Show one person's record."""
    program = program_asked(request)
    today = clock.today(zone_of(program))
    found = member_record(door.practice, program, member_id, today=today)
    context = {"record": found, "page_title": f"Member Record: {found.name}"}
    return render(request, "portal/member_record.html", context)
