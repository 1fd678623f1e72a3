"""The calendar by its secret address, and where that is made and ended."""

from hashlib import sha256

from django.conf import settings as set_up
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control

from accounts.access import ENTRY, SIGNED_IN, Door, PersonDoor
from accounts.routes import route
from core import clock
from core.errors import answer
from core.throttle import too_many_readings
from credentials.policy import programs, zone_of
from notifications.models import CalendarFeed
from notifications.queries import feed_of
from notifications.services import end_feed, make_feed, note_fetched
from portal.queries.feed import calendar_of
from portal.queries.trail import when_words


@route(permission=ENTRY)
def feed(request: HttpRequest, door: Door, secret: str) -> HttpResponseBase:
    """Answer a person's deadlines as a calendar; a wrong secret opens nothing."""
    if too_many_readings(request):
        return answer(request, 429)
    found = feed_of(secret)
    note_fetched(feed=found, now=clock.now())
    content = calendar_of(found.user, today_in=clock.today)
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, "text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="goodstanding.ics"'
    response["X-Robots-Tag"] = "noindex"
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response) or response


@route(permission=SIGNED_IN, methods=("GET", "POST"), own_step=True)
def settings(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """Show whether there is an address; make a new one, which is shown this once."""
    url = ""
    if request.method == "POST":
        secret = make_feed(actor=door.actor, user=door.person, now=clock.now())
        path = reverse("calendar", kwargs={"secret": secret})
        url = f"{set_up.BASE_URL}{path}"
    held = CalendarFeed.objects.visible_to(door.person).filter(ended_at=None).first()
    zone = zone_of(programs()[0])
    used = held.last_used_at if held else None
    context = {
        "page_title": "Your calendar",
        "url": url,
        "held": held is not None,
        "made_text": when_words(held.created_at, zone) if held else "",
        "used_text": when_words(used, zone) if used else "",
    }
    response = render(request, "portal/calendar_settings.html", context)
    patch_cache_control(response, no_store=True, private=True)
    return response


@route(permission=SIGNED_IN, methods=("POST",))
def end(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """End the address: whoever reads it gets nothing any more."""
    if end_feed(actor=door.actor, user=door.person, now=clock.now()):
        messages.success(request, "The calendar address is ended.")
    return redirect("calendar_settings")
