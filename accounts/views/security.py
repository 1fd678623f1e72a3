"""A person's own ways in: second factors, recovery codes, open sessions."""

from http import HTTPStatus
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as spelled
from django.utils.cache import add_never_cache_headers

from accounts.access import SIGNED_IN, PersonDoor, holds_a_role
from accounts.enrolling import forget_seed, kept_seed, new_seed
from accounts.models import User
from accounts.passed import has_second_factor
from accounts.routes import route
from accounts.rules import browser_words
from accounts.second_forms import AddAppForm, AddPasskeyForm
from accounts.services.second_factors import (
    APP,
    CODES,
    PASSKEY,
    add_app,
    add_passkey,
    codes_left,
    factors_of,
    make_recovery_codes,
    remove_factor,
)
from accounts.services.sessions import end_session, end_sessions, mark_of
from accounts.sessions import visits_of
from accounts.views.bodies import programs, zone_of
from core.clock import now
from core.shown import shown

BOTH = ("GET", "POST")


@route(permission=SIGNED_IN)
def security(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """Show what somebody signs in with, and the browsers they are signed in with."""
    user = door.person
    held = factors_of(user)
    factors = [_factor(each) for each in held if each.type != CODES]
    page = {
        "factors": factors,
        "has_app": any(each.type == APP for each in held),
        "codes_left": codes_left(held),
        "needed": not factors and holds_a_role(user),
        "next": get_next_redirect_url(request) or "",
        "visits": _visits(request, user),
    }
    context = {"page_title": "Sign-in and security", "page": page}
    return render(request, "accounts/security.html", context)


@route(permission=SIGNED_IN, methods=BOTH, fresh=BOTH, own_step=True)
def add_an_app(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """Set up an authenticator app, by its first code."""
    user = door.person
    if any(each.type == APP for each in factors_of(user)):
        return redirect("mfa_index")
    sent = request.method == "POST"
    seed = (kept_seed(request) if sent else None) or new_seed(request)
    form = AddAppForm(request.POST if sent else None, user=user, seed=seed)
    if sent and form.is_valid():
        first = not has_second_factor(user)
        made = add_app(
            user=user,
            seed=seed,
            code=form.cleaned_data["code"],
            keep=_new_key(request),
            now=now(),
        )
        forget_seed(request)
        return _added(request, user, made, "Your app is set up.", first=first)
    adapter = get_adapter()
    context = {
        "page_title": "Set up an authenticator app",
        "form": form,
        "qr": adapter.build_totp_svg(adapter.build_totp_url(user, seed)),
        "seed": " ".join(_fours(seed)),
        "next": get_next_redirect_url(request) or "",
    }
    return _private(request, "accounts/add_app.html", context, bad=bool(form.errors))


@route(permission=SIGNED_IN, methods=BOTH, fresh=BOTH, own_step=True)
def add_a_passkey(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """Set up a passkey, by what the browser made for it."""
    user = door.person
    form = AddPasskeyForm(request.POST or None, user=user, initial={"name": "Passkey"})
    if request.method == "POST" and form.is_valid():
        first = not has_second_factor(user)
        made = add_passkey(
            user=user,
            name=form.cleaned_data["name"],
            credential=form.cleaned_data["credential"],
            keep=_new_key(request),
            now=now(),
        )
        return _added(request, user, made, "Your passkey is set up.", first=first)
    context = {
        "page_title": "Set up a passkey",
        "form": form,
        "passkey": begin_registration(user, passwordless=False),
        "next": get_next_redirect_url(request) or "",
    }
    bad = bool(form.errors)
    return _private(request, "accounts/add_passkey.html", context, bad=bad)


@route(permission=SIGNED_IN, methods=("POST",), fresh=("POST",), own_step=True)
def new_codes(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """Make recovery codes anew and show them this once."""
    return _codes(request, door.person)


@route(permission=SIGNED_IN, methods=("POST",), fresh=("POST",), own_step=True)
def remove(request: HttpRequest, door: PersonDoor, factor: int) -> HttpResponseBase:
    """Take a factor away; other sessions end."""
    key = str(request.session.session_key)
    remove_factor(user=door.person, factor=factor, keep=key, now=now())
    messages.success(request, "It is removed. Your other sessions have ended.")
    return redirect("mfa_index")


@route(permission=SIGNED_IN, methods=("POST",))
def end(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """End one of their sessions, or all but this one."""
    mark = request.POST.get("session", "")
    if mark == "others":
        end_sessions(user=door.person, keep=str(request.session.session_key))
        messages.success(request, "Your other sessions have ended.")
    else:
        end_session(user=door.person, mark=mark)
        messages.success(request, "That session has ended.")
    return redirect("mfa_index")


def _new_key(request: HttpRequest) -> str:
    """Give the session, which may do more from now on, another key."""
    request.session.cycle_key()
    return str(request.session.session_key)


def _added(
    request: HttpRequest, user: User, made: Authenticator, said: str, *, first: bool
) -> HttpResponseBase:
    post_authentication(request, made)
    messages.success(request, said)
    if first:
        return _codes(request, user)
    return redirect(get_next_redirect_url(request) or "mfa_index")


def _codes(request: HttpRequest, user: User) -> HttpResponse:
    context = {
        "page_title": "Your recovery codes",
        "codes": make_recovery_codes(user=user, now=now()),
        "next": get_next_redirect_url(request) or "",
    }
    return _private(request, "accounts/recovery_codes.html", context)


def _private(
    request: HttpRequest, template: str, context: dict[str, Any], *, bad: bool = False
) -> HttpResponse:
    """Show a page with a secret on it, which nothing may keep."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if bad else HTTPStatus.OK
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


def _factor(held: Authenticator) -> dict[str, Any]:
    zone = zone_of(programs()[0])
    app = held.type != PASSKEY
    used = held.last_used_at
    return {
        "id": held.pk,
        "name": "Authenticator app" if app else held.data["name"],
        "kind": "Codes of six digits" if app else "Passkey",
        "added_text": spelled(shown(held.created_at, zone), "M j, Y"),
        "used_text": spelled(shown(used, zone), "M j, Y") if used else "",
    }


def _visits(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    zone = zone_of(programs()[0])
    own = mark_of(str(request.session.session_key))
    listed = [
        {
            "mark": each.mark,
            "browser": browser_words(each.agent),
            "began_text": spelled(shown(each.began_at, zone), "M j, g:i A T"),
            "seen_text": spelled(shown(each.seen_at, zone), "M j, g:i A T"),
            "current": each.mark == own,
        }
        for each in visits_of(user, now=now())
    ]
    return sorted(listed, key=lambda each: not each["current"])


def _fours(seed: str) -> list[str]:
    return [seed[place : place + 4] for place in range(0, len(seed), 4)]
