"""Asking a body's staff for help, signed in or not."""

from http import HTTPStatus
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from accounts.access import ENTRY, PUBLIC, Door
from accounts.routes import route
from core import clock
from core.throttle import ContactThrottle, passed
from credentials.policy import programs
from portal.forms import ContactForm
from portal.models import HelpQuestion
from portal.queries.places import body_name
from portal.sent import sent
from portal.services import Question, ask_staff
from portal.views.keys import fresh_key

TOO_MANY = (
    "This is the limit of questions from one place for now. "
    "Your question is kept in the form: send it again in {when}."
)
HELP = "/help/"
LONGEST_ID, LONGEST_PAGE = 64, 300
# Parts of addresses that open something for whoever has them.
SECRETS = {"token", "key", "secret", "signed", "link"}


@route(permission=ENTRY, methods=("GET", "POST"))
def contact(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the form; on POST keep the question."""
    bodies = [(program, body_name(program)) for program in programs()]
    known = door.user is not None
    if request.method != "POST":
        form = ContactForm(bodies, initial=_about(request), known=known)
        return _page(request, door, form)
    form = ContactForm(bodies, request.POST, known=known)
    if not form.is_valid():
        return _page(request, door, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    limit = passed(ContactThrottle(), request)
    if limit:
        minutes = -(-int(limit) // 60)
        when = f"{minutes} minute{'' if minutes == 1 else 's'}"
        form.add_error(None, TOO_MANY.format(when=when))
        return _page(request, door, form, HTTPStatus.TOO_MANY_REQUESTS)
    row = ask_staff(
        actor=door.actor,
        user_id=door.user.pk if door.user else None,
        question=_question(door, form),
        now=clock.now(),
    )
    return redirect("contact_sent", key=row.pk)


@route(permission=PUBLIC)
def contact_sent(request: HttpRequest, door: Door, key: UUID) -> HttpResponseBase:
    """Say what happens next; it looks nothing up."""
    context = {"reference": HelpQuestion(id=key).reference, "page_title": "Sent"}
    return render(request, "portal/contact_sent.html", context)


def came_from(request: HttpRequest) -> str:
    """Say on which page of ours somebody was, without the host; empty if unknown."""
    told = sent(request.GET, "page", LONGEST_PAGE)
    if told:
        return _without_secrets(told) if told.startswith("/") else ""
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    ours = parts.netloc == request.get_host() and not parts.path.startswith(HELP)
    return _without_secrets(parts.path)[:LONGEST_PAGE] if ours else ""


def _without_secrets(path: str) -> str:
    """Leave out what opens something: staff are told which page it was, no more."""
    try:
        match = resolve(path)
    except Resolver404:
        return path
    return f"/{match.route}" if SECRETS & match.kwargs.keys() else path


def contact_url(request: HttpRequest) -> str:
    """Lead to the form, with what the reader came here from."""
    about = {
        "page": came_from(request),
        "request": sent(request.GET, "request", LONGEST_ID),
    }
    told = urlencode({name: value for name, value in about.items() if value})
    return reverse("contact") + (f"?{told}" if told else "")


def _about(request: HttpRequest) -> dict[str, str]:
    # Where no page of an error told its number, this one's leads to the log's place.
    own = structlog.contextvars.get_contextvars().get("request_id", "")
    return {
        "page": came_from(request),
        "request": sent(request.GET, "request", LONGEST_ID) or own,
        "form_key": fresh_key(),
    }


def _question(door: Door, form: ContactForm) -> Question:
    typed, user = form.cleaned_data, door.user
    return Question(
        program=typed["program"],
        key=form.key,
        name=user.name if user else typed["name"],
        email=user.email if user else typed["email"],
        text=typed["text"],
        page=typed["page"],
        request=typed["request"],
    )


def _page(
    request: HttpRequest, door: Door, form: ContactForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "form": form,
        "known": door.user.email if door.user else "",
        "page_title": "Ask for help",
    }
    return render(request, "portal/contact.html", context, status=status)
