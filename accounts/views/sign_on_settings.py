"""A practice's single sign-on: its settings, and who is linked to the provider."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as spelled
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from accounts.access import PRACTICE_SIGN_ON, PracticeDoor
from accounts.asking import in_turn
from accounts.forms import show
from accounts.models import SingleSignOn
from accounts.openid import Provider, ProviderFault
from accounts.queries import main_program, sign_on_links
from accounts.routes import route
from accounts.services.sign_on_settings import SignOnSettings, set_sign_on, unlink
from accounts.sign_on_form import SignOnForm, what_is_set
from accounts.views.bodies import programs, zone_of
from accounts.views.sign_on import sign_on_addresses
from accounts.views.tabs import settings_tabs
from core.clock import now
from core.failures import Refusal
from core.shown import shown

BOTH = ("GET", "POST")
TOO_OFTEN = "That was asked too often. Wait a minute, then try again."


@route(permission=PRACTICE_SIGN_ON, methods=BOTH, fresh=BOTH, keep=False)
def settings(request: HttpRequest, door: PracticeDoor) -> HttpResponse:
    """Show the settings; check what is set, or set something else."""
    held = SingleSignOn.objects.of(door.practice).first()
    if request.method == "POST" and "check" in request.POST and held is not None:
        return _check(request, door, held)
    form = SignOnForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        try:
            _set(request, door, form, held)
        except Refusal as refusal:
            show(refusal, form)
        if not form.errors:
            return redirect("sign_on_settings", practice=door.practice.slug)
    return _page(request, door, form, held)


@route(permission=PRACTICE_SIGN_ON, methods=("POST",), fresh=("POST",))
def end_link(request: HttpRequest, door: PracticeDoor, link: UUID) -> HttpResponse:
    """End somebody's link to the provider."""
    name = unlink(
        actor=door.actor,
        practice=door.practice,
        link_id=link,
        keep=str(request.session.session_key),
        now=now(),
    )
    messages.success(
        request, f"{name} is no longer linked. Their next sign-in links them anew."
    )
    return redirect("sign_on_settings", practice=door.practice.slug)


def _set(
    request: HttpRequest,
    door: PracticeDoor,
    form: SignOnForm,
    held: SingleSignOn | None,
) -> None:
    """Set what was typed; one that is switched on anew has to answer first."""
    typed = form.typed()
    known = held is not None and held.is_on and held.issuer == typed.issuer
    if typed.is_on and not known and not _answers(request, door, form, typed.issuer):
        return
    set_sign_on(
        actor=door.actor,
        practice=door.practice,
        typed=typed,
        keep=str(request.session.session_key),
        now=now(),
    )
    messages.success(request, _done(typed))


def _done(typed: SignOnSettings) -> str:
    if typed.is_on:
        return "Saved. Your people can sign in through your provider."
    return "Saved. Single sign-on is off; your people sign in with their passwords."


def _check(
    request: HttpRequest, door: PracticeDoor, held: SingleSignOn
) -> HttpResponse:
    """Ask the provider that is set to describe itself."""
    form = SignOnForm(dict(what_is_set(held)), held=held)
    if form.is_valid() and _answers(request, door, form, held.issuer):
        messages.success(request, f"{held.issuer} answers, and describes itself.")
        return redirect("sign_on_settings", practice=door.practice.slug)
    return _page(request, door, form, held)


def _answers(
    request: HttpRequest, door: PracticeDoor, form: SignOnForm, issuer: str
) -> bool:
    """Say whether a provider describes itself; what is wrong stands by its field."""
    if not ratelimit.consume(request, action="sign_on_check", user=request.user):
        form.add_error(None, TOO_OFTEN)
        return False
    try:
        with in_turn(door.practice):
            Provider.of(issuer)
    except ProviderFault as fault:
        form.add_error("issuer", f"This provider can't be used. {fault}")
        return False
    return True


def _page(
    request: HttpRequest,
    door: PracticeDoor,
    form: SignOnForm,
    held: SingleSignOn | None,
) -> HttpResponse:
    practice = door.practice
    begin_url, back_url = sign_on_addresses(practice.slug)
    page = {
        "practice_name": practice.name,
        "tabs": settings_tabs(practice, "sign_on_settings"),
        "tag": _tag(held),
        "begin_url": begin_url,
        "back_url": back_url,
        "is_set": held is not None,
        "links": _links(door),
    }
    context = {"page_title": "Single sign-on", "page": page, "form": form}
    bad = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    response = render(request, "accounts/sign_on_settings.html", context, status=bad)
    add_never_cache_headers(response)
    return response


def _tag(held: SingleSignOn | None) -> dict[str, str]:
    if held is None:
        return {"tone": "neutral", "word": "Not set up"}
    if held.is_on:
        return {"tone": "ok", "word": "On"}
    return {"tone": "neutral", "word": "Off"}


def _links(door: PracticeDoor) -> list[dict[str, Any]]:
    program = main_program(door.practice)
    zone = zone_of(program if program in programs() else programs()[0])
    return [
        {
            "name": each.user.name,
            "email": each.user.email,
            "since_text": spelled(shown(each.from_at, zone), "M j, Y"),
            "end_url": reverse(
                "end_sign_on_link",
                kwargs={"practice": door.practice.slug, "link": each.pk},
            ),
        }
        for each in sign_on_links(door.practice)
    ]
