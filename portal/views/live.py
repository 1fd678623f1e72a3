"""Live activities before a member: what is announced, and coming to it (M4)."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal
from core.plain_forms import PlainForm
from core.showing import show_on
from core.throttle import too_many_codes
from courses.models import LiveActivity, LiveRegistration
from courses.queries.live import registration_of
from courses.services import attend_at_door, cancel_registration, register_live
from credentials.policy import programs, zone_of
from portal.forms.live import ComingForm, DoorForm
from portal.queries.live import live_list, live_of, live_page
from portal.queries.live_limits import wait_words
from portal.sent import sent

BOTH = ("GET", "POST")
ACTS = ("door", "leave", "register")


@route(permission=OWN)
def activities(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """List what somebody may come to, and what they came to."""
    page = live_list(door.member, days())
    context = {"page": page, "page_title": "Live activities"}
    return render(request, "portal/live.html", context)


@route(permission=OWN, methods=BOTH)
def activity(request: HttpRequest, door: OwnDoor, live_id: UUID) -> HttpResponseBase:
    """Show an activity; on POST register, cancel, or type the code at the door."""
    found = days()
    live = live_of(door.member, live_id, found)
    today, act = found[live.program], sent(request.POST, "do", 10)
    if request.method != "POST":
        return _page(request, door, live, today)
    if act not in ACTS:
        raise Missing("Not found.")
    if act == "leave":
        return _leaves(request, door, live, today)
    form: PlainForm = (DoorForm if act == "door" else ComingForm)(request.POST)
    said, status = _done(request, door, live, form, today)
    if status != HTTPStatus.OK:
        return _page(request, door, live, today, form, status)
    messages.success(request, said)
    return redirect("my_live_activity", live_id=live.pk)


def _done(
    request: HttpRequest,
    door: OwnDoor,
    live: LiveActivity,
    form: PlainForm,
    today: date,
) -> tuple[str, int]:
    """Register, or take the code at the door; what is refused stands on the form."""
    if not form.is_valid():
        return "", HTTPStatus.UNPROCESSABLE_ENTITY
    if isinstance(form, DoorForm):
        seconds = too_many_codes(request, door.actor.user_id)
        if seconds:
            form.add_error(None, wait_words(seconds))
            return "", HTTPStatus.TOO_MANY_REQUESTS
    try:
        return _does(door, live, form, today), HTTPStatus.OK
    except Missing:
        raise
    except Refusal as refusal:
        show_on(form, refusal)
        return "", refusal.status


def days() -> Mapping[str, date]:
    """The day in the zone of each body."""
    return {each: clock.today(zone_of(each)) for each in programs()}


def _does(door: OwnDoor, live: LiveActivity, form: PlainForm, today: date) -> str:
    if isinstance(form, DoorForm):
        attend_at_door(
            actor=door.actor,
            registration=_mine(door, live),
            typed=form.cleaned_data["door_code"],
            today=today,
            now=clock.now(),
        )
        return "Welcome. It is noted that you are here."
    row = register_live(
        actor=door.actor,
        live=live,
        member=door.member,
        first_name=form.cleaned_data["first_name"],
        last_name=form.cleaned_data["last_name"],
        today=today,
        now=clock.now(),
    )
    return f"You are registered as {row}."


def _leaves(
    request: HttpRequest, door: OwnDoor, live: LiveActivity, today: date
) -> HttpResponseBase:
    try:
        cancel_registration(
            actor=door.actor,
            registration=_mine(door, live),
            today=today,
            now=clock.now(),
        )
    except Missing:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.text)
        return _page(request, door, live, today, status=refusal.status)
    messages.success(request, "Your registration is cancelled.")
    return redirect("my_live_activity", live_id=live.pk)


def _mine(door: OwnDoor, live: LiveActivity) -> LiveRegistration:
    row = registration_of(door.member, live)
    if row is None:
        raise Missing("Not found.")
    return row


def _page(
    request: HttpRequest,
    door: OwnDoor,
    live: LiveActivity,
    today: date,
    form: PlainForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    page = live_page(door.member, live, today)
    name = {"first_name": door.member.first_name, "last_name": door.member.last_name}
    coming = form if isinstance(form, ComingForm) else ComingForm(initial=name)
    context = {
        "page": page,
        "form": form,
        "coming_form": coming,
        "door_form": form if isinstance(form, DoorForm) else DoorForm(),
        "page_title": page.title,
    }
    return render(request, "portal/live_activity.html", context, status=status)
