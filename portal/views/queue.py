"""The reviewers' queue: what waits for a decision, filtered by its address."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from accounts.access import STAFF_DECIDE, StaffDoor
from accounts.models import StaffRole
from accounts.routes import route
from core import clock
from core.failures import NotUsable
from core.showing import show_on
from portal.forms import ViewForm
from portal.models import SavedView
from portal.queries.filters import Asked
from portal.queries.paging import page_number
from portal.queries.queue import queue_page, queue_url
from portal.queries.resting import all_resting
from portal.sent import sent
from portal.services import View, remove_view, save_view
from portal.views.asking import asked_in
from portal.views.bodies import body_today

# Any filters, spelled out: a letter of theirs may take twelve signs.
LONGEST_QUERY = 4000


@route(permission=STAFF_DECIDE, methods=("GET", "POST"))
def queue(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List what waits, and certificates that rest on lost credit; POST saves a view."""
    if request.method != "POST":
        return _page(request, door, asked_in(request.GET), ViewForm())
    shown = sent(request.POST, "filters", LONGEST_QUERY).removeprefix("?")
    asked = asked_in(QueryDict(shown))
    form = ViewForm(request.POST)
    name = _save(door, asked, form) if form.is_valid() else ""
    if not name:
        return _page(request, door, asked, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"Saved the view “{name}” for all who review.")
    return redirect(queue_url(door.program, asked))


def _save(door: StaffDoor, asked: Asked, form: ViewForm) -> str:
    """Save a view and give its name; none where the form says what stands against."""
    view = View(SavedView.Place.QUEUE, form.cleaned_data["name"], asked.query)
    try:
        row = save_view(
            actor=door.actor, program=door.program, view=view, now=clock.now()
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return ""
    return row.name


@route(permission=STAFF_DECIDE, methods=("POST",))
def remove_saved(
    request: HttpRequest, door: StaffDoor, view_id: UUID
) -> HttpResponseBase:
    """Remove a view of the queue, which stays as it is."""
    name = remove_view(
        actor=door.actor, program=door.program, view_id=view_id, now=clock.now()
    )
    messages.success(request, f"Removed the view “{name}”.")
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
    context = {
        "page": page,
        "form": form,
        "resting": all_resting(door.program, today=today),
        "manages": door.role == StaffRole.Role.MANAGER,
        "page_title": f"{page.body_name} queue",
    }
    return render(request, "portal/staff_queue.html", context, status=status)
