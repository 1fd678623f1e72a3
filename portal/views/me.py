"""The holder's own pages."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from credentials.policy import zone_of
from portal.programs import program_asked
from portal.queries.me import my_standing


@route(permission=OWN)
def me(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Show where somebody stands."""
    program = program_asked(request)
    today = clock.today(zone_of(program))
    standing = my_standing(door.member, program, today=today)
    context = {"me": standing, "page_title": "Where you stand"}
    return render(request, "portal/me.html", context)
