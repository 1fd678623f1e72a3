"""Ending a kind of mail by the link it carries (RFC 8058)."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from accounts.access import ENTRY, Door
from accounts.routes import route
from core import clock
from core.actor import Actor
from notifications.queries import subscription_in
from notifications.services import stop


@csrf_exempt
@route(permission=ENTRY, methods=("GET", "POST"))
def unsubscribe(request: HttpRequest, door: Door, token: str) -> HttpResponseBase:
    """Show a button that ends it; by POST end it, at once and whoever asks.

    Mail programs send the POST themselves, without a session or a form's one-time key:
    the signed link stands in for both. Looking changes nothing, so a program that only
    follows links ends nothing.
    """
    held = subscription_in(token)
    if request.method == "POST":
        by = Actor(f"The link in the {held.get_kind_display().lower()}")
        stop(actor=by, subscription=held, now=clock.now())
    what = held.get_kind_display().lower()
    title = f"Stop the {what}?" if held.on else f"You get no {what} any more"
    context = {"page_title": title, "what": what, "on": held.on}
    response = render(request, "portal/unsubscribe.html", context)
    patch_cache_control(response, no_store=True, private=True)
    response["X-Robots-Tag"] = "noindex"
    return response
