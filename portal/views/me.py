"""The holder's own pages."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import OWN, OwnDoor
from accounts.queries import asked_of
from accounts.routes import route
from core import clock
from credentials.policy import cycle_programs, zone_of
from portal.programs import own_program_asked
from portal.queries.cycle_standing import cycle_standing
from portal.queries.me import my_standing, questions
from portal.queries.own_audits import audit_banners
from portal.queries.own_programs import (
    has_licences_alone,
    other_programs,
    own_programs,
)


@route(permission=OWN)
def me(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Show where somebody stands."""
    mine = own_programs(door.member)
    audits = audit_banners(door.member)
    asks_nothing = not audits and "program" not in request.GET
    if not mine and asks_nothing and has_licences_alone(door.member):
        return redirect("my_programs")
    program = own_program_asked(request, mine)
    today = clock.today(zone_of(program))
    asks = asked_of(door.person, now=clock.now())
    context: dict[str, object] = {
        "page_title": "Where you stand",
        "others": [
            *other_programs(mine, program),
            ("Your licences", reverse("my_licences")),
        ],
        "audits": audits,
    }
    if program in cycle_programs():
        asked = {name: request.GET.getlist(name) for name in request.GET}
        standing = cycle_standing(
            door.member, program, asked=asked, today=today, now=clock.now()
        )
        context |= {"me": standing, "asked": questions(asks), "program": program}
        return render(request, "portal/me_cycle.html", context)
    context["me"] = my_standing(door.member, program, asks=asks, today=today)
    return render(request, "portal/me.html", context)
