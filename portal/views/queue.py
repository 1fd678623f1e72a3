"""The reviewers' queue: what waits for a decision, filtered by its address."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_DECIDE, StaffDoor
from accounts.models import StaffRole
from accounts.routes import route
from portal.asked import asked_in
from portal.forms import ViewForm
from portal.models import SavedView
from portal.queries.filters import Asked
from portal.queries.paging import page_number
from portal.queries.queue import queue_page, queue_url
from portal.queries.resting import all_resting
from portal.queries.waiting_elsewhere import waiting_elsewhere
from portal.views.bodies import body_today
from portal.views.viewing import filters_sent, view_removed, view_saved

PLACE = SavedView.Place.QUEUE


@route(permission=STAFF_DECIDE, methods=("GET", "POST"))
def queue(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List what waits, and certificates that rest on lost credit; POST saves a view."""
    if request.method != "POST":
        return _page(request, door, asked_in(request.GET), ViewForm())
    asked = asked_in(filters_sent(request))
    form = ViewForm(request.POST)
    if not view_saved(request, door, PLACE, asked.query, form):
        return _page(request, door, asked, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(queue_url(door.program, asked))


@route(permission=STAFF_DECIDE, methods=("POST",))
def remove_saved(
    request: HttpRequest, door: StaffDoor, view_id: UUID
) -> HttpResponseBase:
    """Remove a view of the queue, which stays as it is."""
    view_removed(request, door, PLACE, view_id)
    return redirect("staff_queue", program=door.program)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    asked: Asked,
    form: ViewForm,
    status: int = HTTPStatus.OK,
) -> HttpResponseBase:
    today = body_today(door)
    page = queue_page(
        door.program,
        asked,
        number=page_number(request.GET.get("page", "1")),
        today=today,
    )
    manages = door.role == StaffRole.Role.MANAGER
    # Whoever has activities to decide on is not kept from them.
    elsewhere = (
        []
        if page.rows
        else waiting_elsewhere(door.program, manages=manages, today=today)
    )
    context = {
        "page": page,
        "form": form,
        "elsewhere": elsewhere,
        "resting": all_resting(door.program, today=today),
        "manages": manages,
        "page_title": f"{page.body_name} queue",
    }
    return render(request, "portal/staff_queue.html", context, status=status)
