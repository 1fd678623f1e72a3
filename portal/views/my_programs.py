"""All of somebody's programs on one page."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import OWN, OwnDoor
from accounts.queries import asked_of
from accounts.routes import route
from core import clock
from portal.queries.me import questions
from portal.queries.own_audits import audit_banners
from portal.queries.programs_standing import first_due, programs_standing


@route(permission=OWN)
def my_programs(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Show what is due in each of somebody's programs, and what to do next."""
    now = clock.now()
    cards = programs_standing(door.member, today_in=clock.today, now=now)
    context = {
        "page_title": "All your programs",
        "cards": cards,
        "first": first_due(cards),
        "asked": questions(asked_of(door.person, now=now)),
        "audits": audit_banners(door.member),
    }
    return render(request, "portal/my_programs.html", context)
