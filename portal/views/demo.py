"""The demonstration's own doors. They are routed with DEMO=1 alone."""

from datetime import date, timedelta
from io import BytesIO
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import login
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.access import ENTRY, PUBLIC, Door
from accounts.models import User
from accounts.routes import route
from core import clock
from credentials.policy import day_words, zone_of
from portal.demo.anew import may_start_over, start_over
from portal.demo.mailbox import letter, letters
from portal.demo.passing import move_on
from portal.demo.roster import DAY, DOMAIN, PROGRAM
from portal.sent import sent

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STEPS = {
    "dec1": date(2025, 12, 1),
    "dec2": date(2025, 12, 2),
    "jan1": date(2026, 1, 1),
    "jul1": date(2026, 7, 1),
}
# As deploy.standin has them: the same page is answered by both, one after the other.
STARTING_OVER = {
    "Refresh": "3; url=/",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}


@route(permission=ENTRY, methods=("POST",))
def enter(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Sign in as one of the demonstration's people."""
    email = sent(request.POST, "email", 254)
    if not email.endswith(f"@{DOMAIN}"):
        raise Http404
    user = get_object_or_404(User, email=email)
    login(request, user, backend=BACKEND)
    return redirect("home")


@route(permission=PUBLIC, methods=("POST",))
def advance(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Move the demonstration's day forward, through what each day brings.

    It never goes back.
    """
    present = clock.today(zone_of(PROGRAM))
    step = request.POST.get("to", "")
    day = present + timedelta(days=1) if step == "day" else STEPS.get(step)
    if day is None:
        raise Http404
    if day <= present:
        messages.info(request, f"It is {day_words(present)} already.")
    else:
        move_on(present=present, to=day, now=clock.now)
        messages.success(request, f"It is now {day_words(day)}.")
    return redirect(_back(request))


@route(permission=PUBLIC, methods=("GET", "POST"))
def reset(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Say what starting over throws away; asked to, have it started over."""
    if not may_start_over():
        raise Http404
    if request.method == "POST":
        start_over()
        return HttpResponse(
            render_to_string("portal/starting_over.html"),
            status=202,
            headers=STARTING_OVER,
        )
    back = _back(request)
    context = {
        # Whoever loaded this very page again stays in the demonstration all the same.
        "back_url": "/" if urlsplit(back).path == request.path else back,
        "day_text": day_words(DAY),
        "page_title": "Start the demonstration over?",
    }
    return render(request, "portal/demo_reset.html", context)


def _back(request: HttpRequest) -> str:
    """Give the page of ours that somebody came from, or the first."""
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return back if safe else "/"


@route(permission=PUBLIC)
def mailbox(request: HttpRequest, door: Door) -> HttpResponseBase:
    """List the messages that were sent."""
    rows = [
        {
            "subject": each.subject,
            "to": each.to,
            "when_text": each.when_text,
            "url": reverse("demo_letter", kwargs={"key": each.key}),
        }
        for each in letters(zone_of(PROGRAM))
    ]
    context = {"page": {"messages": rows}, "page_title": "Mailbox"}
    return render(request, "portal/mailbox.html", context)


@route(permission=PUBLIC)
def mailbox_letter(request: HttpRequest, door: Door, key: str) -> HttpResponseBase:
    """Show one message's head and text."""
    found = letter(key, zone_of(PROGRAM))
    page = {
        "subject": found.subject,
        "sender": found.sender,
        "to": found.to,
        "when_text": found.when_text,
        "text": found.text,
        "back_url": reverse("demo_mailbox"),
        "html_url": reverse("demo_letter_html", kwargs={"key": key}),
        "files": [
            {"name": file.name, "url": reverse("demo_file", args=[key, place])}
            for place, file in enumerate(found.files)
        ],
    }
    context = {"page": page, "page_title": found.subject}
    return render(request, "portal/mailbox_message.html", context)


@route(permission=PUBLIC)
def mailbox_html(request: HttpRequest, door: Door, key: str) -> HttpResponseBase:
    """Show one message as a mail program would, able to do nothing but link."""
    found = letter(key, zone_of(PROGRAM))
    response = HttpResponse(found.html)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; "
        "sandbox allow-popups allow-top-navigation-by-user-activation"
    )
    return response


@route(permission=PUBLIC)
def mailbox_file(
    request: HttpRequest, door: Door, key: str, place: int
) -> HttpResponseBase:
    """Hand out a file that went with a message."""
    files = letter(key, zone_of(PROGRAM)).files
    if place >= len(files):
        raise Http404
    return FileResponse(
        BytesIO(files[place].content),
        as_attachment=True,
        filename=files[place].name,
        content_type=files[place].media_type,
    )
