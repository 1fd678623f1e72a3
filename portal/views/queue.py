"""The reviewers' queue: what waits for a decision, filtered by its address."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import STAFF_DECIDE, StaffDoor
from accounts.models import StaffRole
from accounts.routes import route
from portal.queries.paging import page_number
from portal.queries.queue import queue_page
from portal.queries.resting import all_resting
from portal.views.asking import asked_in
from portal.views.bodies import body_today


@route(permission=STAFF_DECIDE)
def queue(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List what waits, and the certificates that rest on credit no longer there."""
    today = body_today(door)
    page = queue_page(
        door.program,
        asked_in(request.GET),
        number=page_number(request.GET.get("page", "1")),
        today=today,
    )
    context = {
        "page": page,
        "resting": all_resting(door.program, today=today),
        "manages": door.role == StaffRole.Role.MANAGER,
        "page_title": f"{page.body_name} queue",
    }
    return render(request, "portal/staff_queue.html", context)
