"""The pages of what somebody was told, and of what they want to be told."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import SIGNED_IN, PersonDoor
from accounts.routes import route
from core import clock
from credentials.policy import programs, zone_of
from notifications.services import choose, mark_all_read, mark_read
from portal.queries.notices import ALWAYS, choices_of, notices_of
from portal.queries.paging import page_number


@route(permission=SIGNED_IN)
def notices(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """List what somebody was told, or only what they have not read."""
    page = notices_of(
        door.person,
        whole=door.whole,
        only=request.GET.get("only", ""),
        number=page_number(request.GET.get("page", "1")),
        zone=zone_of(programs()[0]),
    )
    context = {"page": page, "page_title": "Notifications"}
    return render(request, "portal/notices.html", context)


@route(permission=SIGNED_IN, methods=("POST",))
def read(request: HttpRequest, door: PersonDoor, notice_id: UUID) -> HttpResponseBase:
    """Mark one read; go on to what it is about, or back to where they were."""
    notice = mark_read(
        user=door.person, whole=door.whole, notice_id=notice_id, now=clock.now()
    )
    return redirect(notice.path) if "open" in request.POST else _back(request)


@route(permission=SIGNED_IN, methods=("POST",))
def read_all(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """Mark all read."""
    count = mark_all_read(user=door.person, whole=door.whole, now=clock.now())
    words = "1 notification" if count == 1 else f"{count} notifications"
    messages.success(request, f"{words} marked read.")
    return redirect("notices")


@route(permission=SIGNED_IN, methods=("GET", "POST"))
def settings(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """Show what is always mailed, and what can be chosen; keep what was chosen."""
    if request.method == "POST":
        wanted = set(request.POST.getlist("kind"))
        offered = [each.value for each in choices_of(door.person)]
        if not wanted <= set(offered):
            return _settings(request, door, HTTPStatus.UNPROCESSABLE_ENTITY)
        for kind in offered:
            choose(
                actor=door.actor,
                user=door.person,
                kind=kind,
                on=kind in wanted,
                today=clock.today(zone_of(programs()[0])),
                now=clock.now(),
            )
        messages.success(request, "Saved.")
        return redirect("notice_settings")
    return _settings(request, door, HTTPStatus.OK)


def _settings(
    request: HttpRequest, door: PersonDoor, status: HTTPStatus
) -> HttpResponseBase:
    errors = []
    if status != HTTPStatus.OK:
        errors = [{"text": "Tick kinds of this list only.", "href": "#asked"}]
    context = {
        "page_title": "Your notifications by e-mail",
        "always": ALWAYS,
        "choices": choices_of(door.person),
        "address": door.person.email,
        "errors": errors,
    }
    return render(request, "portal/notice_settings.html", context, status=status)


def _back(request: HttpRequest) -> HttpResponseBase:
    """Lead back to the page of the list they pressed the button on."""
    kept = {"only": request.POST.get("only", "")}
    page = page_number(request.POST.get("page", "1"))
    query = "only=unread&" if kept["only"] == "unread" else ""
    return redirect(f"{reverse('notices')}?{query}page={page}")
