"""The renewals calendar of a practice."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import PRACTICE_SEE, PracticeDoor
from accounts.routes import route
from core import clock
from credentials.policy import zone_of
from portal.programs import term_program_asked
from portal.queries.calendar import calendar
from portal.queries.exports import export_links
from portal.queries.paging import page_number


@route(permission=PRACTICE_SEE)
def renewals(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show whose renewal date has passed or comes within 90 days."""
    program = term_program_asked(request)
    page = calendar(
        door.practice,
        program,
        number=page_number(request.GET.get("page", "1")),
        today=clock.today(zone_of(program)),
    )
    context = {
        "page": page,
        "export": export_links(door.practice, program, "renewals", {}),
        "page_title": "Renewals",
    }
    return render(request, "portal/renewals.html", context)
