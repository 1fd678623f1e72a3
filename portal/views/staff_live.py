"""A body's live activities before its managers: listed, written, announced (M4)."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_CATALOGUE, StaffDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal, Stale
from core.showing import show_on
from courses.models import LiveActivity
from courses.queries.written import seen_live
from courses.services import cancel_live, change_live, create_live, publish_live
from credentials.policy import policy_for
from portal.forms.authoring import show_meanwhile
from portal.forms.live import CallOffForm, LiveForm
from portal.queries.staff_live import (
    staff_live_list,
    staff_live_of,
    staff_live_page,
)
from portal.sent import sent
from portal.views.bodies import body_today

BOTH = ("GET", "POST")


@route(permission=STAFF_CATALOGUE)
def activities(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List the live activities."""
    page = staff_live_list(door.program, body_today(door))
    context = {"page": page, "page_title": f"{page.body_name} live activities"}
    return render(request, "portal/staff_live.html", context)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
def new(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Ask for an activity's facts; on POST keep them as a draft."""
    today = body_today(door)
    policy = policy_for(door.program, on=today)
    form = LiveForm(request.POST if request.method == "POST" else None, policy=policy)
    status = 0
    if request.method == "POST" and form.is_valid():
        try:
            made = create_live(
                actor=door.actor,
                program=door.program,
                facts=form.facts,
                today=today,
                now=clock.now(),
            )
        except Refusal as refusal:
            show_on(form, refusal)
            status = refusal.status
        else:
            return redirect(
                "staff_live_activity", program=door.program, live_id=made.pk
            )
    return _facts_page(request, form, "New live activity", status)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
def activity(request: HttpRequest, door: StaffDoor, live_id: UUID) -> HttpResponseBase:
    """Show an activity and who comes; on POST announce it, or cancel it."""
    today, live = body_today(door), staff_live_of(door.program, live_id)
    if request.method != "POST":
        return _page(request, door, live, CallOffForm())
    act = sent(request.POST, "do", 10)
    if act not in {"publish", "cancel"}:
        raise Missing("Not found.")
    form = CallOffForm(request.POST if act == "cancel" else None)
    try:
        if act == "publish":
            publish_live(
                actor=door.actor,
                live=live,
                seen=sent(request.POST, "seen", 64) or None,
                today=today,
                now=clock.now(),
            )
            said = "Announced. Members find it under Live activities."
        elif form.is_valid():
            count = cancel_live(
                actor=door.actor,
                live=live,
                why=form.cleaned_data["why"],
                today=today,
                now=clock.now(),
            )
            said = f"Cancelled. Letters to whoever registered: {count:,}."
        else:
            return _page(request, door, live, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except Stale as stale:
        messages.info(request, stale.text)
    except Refusal as refusal:
        messages.error(request, refusal.text)
        return _page(request, door, live, CallOffForm(), refusal.status)
    else:
        messages.success(request, said)
    return redirect("staff_live_activity", program=door.program, live_id=live.pk)


@route(permission=STAFF_CATALOGUE, methods=BOTH)
def facts(request: HttpRequest, door: StaffDoor, live_id: UUID) -> HttpResponseBase:
    """Show a draft's facts; on POST change them."""
    today, live = body_today(door), staff_live_of(door.program, live_id)
    policy = policy_for(door.program, on=today)
    data = request.POST if request.method == "POST" else None
    form, status = LiveForm(data, policy=policy, live=live), 0
    if request.method == "POST" and form.is_valid():
        try:
            change_live(
                actor=door.actor,
                live=live,
                facts=form.facts,
                seen=form.cleaned_data["seen"] or None,
                today=today,
                now=clock.now(),
            )
        except Refusal as refusal:
            live = staff_live_of(door.program, live_id)
            show_meanwhile(form, refusal, seen_live(live))
            status = refusal.status
        else:
            messages.success(request, "Saved.")
            return redirect(
                "staff_live_activity", program=door.program, live_id=live.pk
            )
    return _facts_page(request, form, f"Facts of {live.title}", status)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    live: LiveActivity,
    form: CallOffForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    page = staff_live_page(live, body_today(door))
    context = {"page": page, "live": live, "form": form, "page_title": page.title}
    return render(request, "portal/staff_live_activity.html", context, status=status)


def _facts_page(
    request: HttpRequest, form: LiveForm, title: str, status: int
) -> HttpResponse:
    context = {"form": form, "page_title": title}
    status = status or (422 if form.errors else 200)
    return render(request, "portal/staff_live_facts.html", context, status=status)
