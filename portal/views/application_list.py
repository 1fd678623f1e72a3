"""A body's managers: the list of applications, filtered by its address."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_APPLICATIONS, StaffDoor
from accounts.routes import route
from portal.asked import applications_asked
from portal.forms import ViewForm
from portal.models import SavedView
from portal.programs import check_cycles
from portal.queries.application_list import (
    Asked,
    applications,
    applications_url,
)
from portal.queries.paging import page_number
from portal.views.bodies import body_today
from portal.views.viewing import filters_sent, view_removed, view_saved

PLACE = SavedView.Place.APPLICATIONS


@route(permission=STAFF_APPLICATIONS, methods=("GET", "POST"))
def listed(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List what was submitted, what waits for a decision first; POST saves a view."""
    check_cycles(door.program)
    if request.method != "POST":
        return _page(request, door, applications_asked(request.GET), ViewForm())
    asked = applications_asked(filters_sent(request))
    form = ViewForm(request.POST)
    if not view_saved(request, door, PLACE, asked.query, form):
        return _page(request, door, asked, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(f"{applications_url(door.program)}{asked.query}")


@route(permission=STAFF_APPLICATIONS, methods=("POST",))
def remove_saved(
    request: HttpRequest, door: StaffDoor, view_id: UUID
) -> HttpResponseBase:
    """Remove a view of the list, which stays as it is."""
    check_cycles(door.program)
    view_removed(request, door, PLACE, view_id)
    return redirect("staff_applications", program=door.program)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    asked: Asked,
    form: ViewForm,
    status: int = HTTPStatus.OK,
) -> HttpResponseBase:
    page = applications(
        door.program,
        asked,
        number=page_number(request.GET.get("page", "1")),
        today=body_today(door),
    )
    context = {
        "page": page,
        "form": form,
        "page_title": f"{page.body_name} applications",
    }
    return render(request, "portal/staff_applications.html", context, status=status)
