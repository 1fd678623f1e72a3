"""A practice's REST tokens: the list, making one, revoking one."""

from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from accounts.access import PRACTICE_TOKENS, PracticeDoor
from accounts.forms import show
from accounts.models import ApiToken, Practice
from accounts.queries import main_program
from accounts.routes import route
from accounts.services.tokens import create_token, revoke_token
from accounts.token_form import SCOPE_WORDS, TokenForm
from accounts.token_lines import MOST_SHOWN, line_of
from accounts.views.bodies import programs, zone_of
from accounts.views.tabs import settings_tabs
from core import clock
from core.failures import Refusal
from core.once import only_once


@route(permission=PRACTICE_TOKENS, methods=("GET", "POST"), fresh=("POST",))
def tokens(request: HttpRequest, door: PracticeDoor) -> HttpResponse:
    """Show the practice's tokens; make one, whose secret is shown this once."""
    form = TokenForm(request.POST or None, initial={"form_key": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        try:
            secret = _create(door, form)
        except Refusal as refusal:
            show(refusal, form)
            return _page(request, door.practice, form, status=refusal.status)
        fresh = TokenForm(initial={"form_key": uuid4().hex})
        return _page(request, door.practice, fresh, secret=secret)
    refused = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _page(request, door.practice, form, status=refused)


@route(permission=PRACTICE_TOKENS, methods=("POST",))
def revoke(request: HttpRequest, door: PracticeDoor, token_id: UUID) -> HttpResponse:
    """End a token; its next request is refused."""
    token = revoke_token(
        actor=door.actor, practice=door.practice, token_id=token_id, now=clock.now()
    )
    messages.success(request, f"{token.name} is revoked. It opens nothing any more.")
    return redirect("tokens", practice=door.practice.slug)


def _create(door: PracticeDoor, form: TokenForm) -> str:
    """Make the token once, however often the form is sent."""
    assert door.user is not None
    now, asked = clock.now(), form.cleaned_data
    with only_once(door.actor, f"token {door.practice.slug}", asked["form_key"], now):
        made = create_token(
            actor=door.actor,
            user=door.user,
            practice=door.practice,
            name=asked["name"],
            scopes=asked["scopes"],
            expires_at=form.expires_at(now),
            now=now,
        )
    return made.secret


def _page(
    request: HttpRequest,
    practice: Practice,
    form: TokenForm,
    *,
    secret: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    program = main_program(practice)
    zone = zone_of(program if program in programs() else programs()[0])
    rows = (
        ApiToken.objects.of(practice)
        .select_related("created_by")
        .order_by(F("revoked_at").asc(nulls_first=True), "-created_at")[:MOST_SHOWN]
    )
    now = clock.now()
    page = {
        "practice_name": practice.name,
        "tabs": settings_tabs(practice, "tokens"),
        "docs_url": reverse("api_docs"),
        "secret": secret,
        "tokens": [_line(token, practice, zone, now) for token in rows],
    }
    context = {"page_title": "API tokens", "page": page, "form": form}
    response = render(request, "accounts/tokens.html", context, status=status)
    patch_cache_control(response, no_store=True, private=True)
    return response


def _line(
    token: ApiToken, practice: Practice, zone: ZoneInfo, now: datetime
) -> dict[str, Any]:
    place = {"practice": practice.slug, "token_id": token.pk}
    return line_of(
        token,
        zone,
        now,
        may=", ".join(SCOPE_WORDS[scope] for scope in token.scopes),
        revoke_url=reverse("revoke_token", kwargs=place),
    )
