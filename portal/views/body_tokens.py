"""A body's tokens for its feed: the list, making one, revoking one."""

from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from accounts.access import STAFF_TOKENS, StaffDoor
from accounts.models import BodyToken
from accounts.routes import route
from accounts.services import create_body_token, revoke_body_token
from accounts.token_form import BodyTokenForm
from accounts.token_lines import MOST_SHOWN, line_of
from core import clock
from core.failures import Refusal
from core.once import only_once
from core.showing import show_on
from credentials.policy import zone_of
from portal.queries.places import body_name

MAY = "sends completions and reads what became of them"


@route(permission=STAFF_TOKENS, methods=("GET", "POST"), fresh=("POST",))
def tokens(request: HttpRequest, door: StaffDoor) -> HttpResponse:
    """Show the body's tokens; make one, whose secret is shown this once."""
    form = BodyTokenForm(request.POST or None, initial={"form_key": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        try:
            secret = _create(door, form)
        except Refusal as refusal:
            show_on(form, refusal)
            return _page(request, door, form, status=refusal.status)
        fresh = BodyTokenForm(initial={"form_key": uuid4().hex})
        return _page(request, door, fresh, secret=secret)
    refused = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _page(request, door, form, status=refused)


@route(permission=STAFF_TOKENS, methods=("POST",))
def revoke(request: HttpRequest, door: StaffDoor, token_id: UUID) -> HttpResponse:
    """End a token; its next request is refused."""
    token = revoke_body_token(
        actor=door.actor, program=door.program, token_id=token_id, now=clock.now()
    )
    messages.success(request, f"{token.name} is revoked. It opens nothing any more.")
    return redirect("staff_tokens", program=door.program)


def _create(door: StaffDoor, form: BodyTokenForm) -> str:
    """Make the token once, however often the form is sent."""
    now, asked = clock.now(), form.cleaned_data
    with only_once(door.actor, f"token {door.program}", asked["form_key"], now):
        made = create_body_token(
            actor=door.actor,
            user=door.person,
            program=door.program,
            name=asked["name"],
            expires_at=form.expires_at(now),
            now=now,
        )
    return made.secret


def _page(
    request: HttpRequest,
    door: StaffDoor,
    form: BodyTokenForm,
    *,
    secret: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    program, now = door.program, clock.now()
    zone = zone_of(program)
    rows = (
        BodyToken.objects.of_program(program)
        .select_related("created_by")
        .order_by(F("revoked_at").asc(nulls_first=True), "-created_at")[:MOST_SHOWN]
    )
    page = {
        "body_name": body_name(program),
        "docs_url": reverse("api_docs"),
        "feed_url": reverse("staff_feed", kwargs={"program": program}),
        "secret": secret,
        "tokens": [
            line_of(token, zone, now, may=MAY, revoke_url=_revoke_url(token))
            for token in rows
        ],
    }
    context = {"page_title": "Feed tokens", "page": page, "form": form}
    response = render(request, "portal/staff_tokens.html", context, status=status)
    patch_cache_control(response, no_store=True, private=True)
    return response


def _revoke_url(token: BodyToken) -> str:
    place = {"program": token.program, "token_id": token.pk}
    return reverse("staff_revoke_token", kwargs=place)
