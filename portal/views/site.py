"""Pages for everybody: the front door, help, status, and the way home."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import PUBLIC, SIGNED_IN, Door, PersonDoor
from accounts.routes import route
from core import clock
from credentials.policy import programs, zone_of
from portal.demo.cards import demo_cards, sample_number
from portal.queries.places import places_of
from portal.queries.status import checks, healthy
from portal.queries.trail import when_words


@route(permission=PUBLIC)
def landing(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Say what this is, and open the doors."""
    context = {
        "sign_in_url": reverse("account_login"),
        "help_url": reverse("help"),
        "verify_url": reverse("verify_form"),
        "sample_number": sample_number() if settings.DEMO else "",
        "cards": demo_cards() if settings.DEMO else (),
        "enter_url": reverse("demo_enter") if settings.DEMO else "",
    }
    return render(request, "portal/landing.html", context)


@route(permission=SIGNED_IN)
def home(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """Lead a person to their place; to a choice, where they have several."""
    places = places_of(door.person)
    if len(places) == 1:
        return redirect(places[0].url)
    context = {"places": places, "page_title": "Where to?"}
    return render(request, "portal/places.html", context)


@route(permission=PUBLIC)
def accessibility(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Say how the pages can be used."""
    context = {"page_title": "Accessibility"}
    return render(request, "portal/accessibility.html", context)


@route(permission=PUBLIC)
def privacy(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Say what is kept and who sees it."""
    return render(request, "portal/privacy.html", {"page_title": "Privacy"})


@route(permission=PUBLIC)
def status(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Show whether the portal's parts answer."""
    found = checks(now=clock.now())
    zone = zone_of(programs()[0])
    page = {
        "verdict": "Everything answers." if healthy(found) else "Something is slow.",
        "checked_text": when_words(clock.now(), zone),
        "checks": found,
    }
    context = {"page": page, "page_title": "System status"}
    return render(request, "portal/status.html", context)


@route(permission=PUBLIC)
def healthz(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Tell a supervisor whether requests can be answered: 200 or 503."""
    well = healthy(checks(now=clock.now())[:1])
    return JsonResponse({"ok": well}, status=200 if well else 503)


@route(permission=PUBLIC)
def robots(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Keep look-ups of people out of search engines."""
    return HttpResponse("User-agent: *\nDisallow: /verify/\n", "text/plain")
