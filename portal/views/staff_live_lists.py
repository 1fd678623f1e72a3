"""Who was there: a list is checked first, then noted; or names are ticked (M4)."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_CATALOGUE, StaffDoor
from accounts.routes import route
from core import clock
from core.failures import NotUsable, Refusal
from core.files.tables import read_table
from core.showing import show_on
from courses.models import LiveActivity
from courses.services import check_list, note_attendance
from courses.services.live_attending import check_begun
from portal.forms import RosterForm
from portal.programs import uuid_or_none
from portal.queries.staff_live import (
    ListPage,
    coming_to,
    list_page,
    staff_live_of,
)
from portal.views.bodies import body_today

NOBODY = "Tick who was there, or choose a list."


@route(permission=STAFF_CATALOGUE, methods=("GET", "POST"))
def attendance(
    request: HttpRequest, door: StaffDoor, live_id: UUID
) -> HttpResponseBase:
    """Show who registered; on POST check a list, or note who is ticked."""
    today, live = body_today(door), staff_live_of(door.program, live_id)
    if request.method != "POST":
        return _page(request, live, RosterForm())
    try:
        check_begun(live, today)
    except Refusal as refusal:
        messages.error(request, refusal.text)
        return _page(request, live, RosterForm(), status=refusal.status)
    if request.POST.get("do") == "check":
        return _check(request, door, live)
    try:
        ids = _ticked(request)
        count = note_attendance(
            actor=door.actor,
            live=live,
            registration_ids=ids,
            today=today,
            now=clock.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.text)
        return _page(request, live, RosterForm(), status=refusal.status)
    noun = "person was" if count == 1 else "people were"
    messages.success(request, f"Noted that {count:,} {noun} there.")
    return redirect("staff_live_activity", program=door.program, live_id=live.pk)


def _ticked(request: HttpRequest) -> list[UUID]:
    said = map(uuid_or_none, request.POST.getlist("registration"))
    found = [each for each in said if each is not None]
    if not found:
        raise NotUsable(NOBODY)
    return found


def _check(
    request: HttpRequest, door: StaffDoor, live: LiveActivity
) -> HttpResponseBase:
    """Show what a list would note, and which rows can't be used."""
    form = RosterForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            rows = read_table(form.cleaned_data["file"])
            checked = check_list(actor=door.actor, live=live, rows=rows)
        except NotUsable as refusal:
            show_on(form, refusal)
        else:
            return _page(request, live, RosterForm(), list_page(live, checked))
    return _page(request, live, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(
    request: HttpRequest,
    live: LiveActivity,
    form: RosterForm,
    found: ListPage | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "live": live,
        "form": form,
        "found": found,
        "people": found.people if found else coming_to(live),
        "page_title": f"Attendance of {live.title}",
    }
    return render(request, "portal/staff_attendance.html", context, status=status)
