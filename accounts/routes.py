"""`@route`: what every page declares, and the answer when a door stays shut."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
)
from django.shortcuts import redirect, render
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from accounts.access import ENTRY, PUBLIC, Door, Permission, open_door
from accounts.answers import ConfirmFirst, SecondFactorFirst, SignInFirst, WrongRole
from accounts.models import User
from accounts.passed import has_second_factor, shown_by
from accounts.services import Tried, note_denied
from core import clock
from core.errors import not_allowed
from core.failures import Missing, Refusal
from core.scope import Scope, scoped

View = Callable[..., HttpResponseBase]
TYPE_AGAIN = (
    "Confirm that it is you, then fill the form in again. What you sent was not kept."
)


@dataclass(frozen=True)
class Asked:
    """A request for a page, and whose rows its address names.

    `fresh` says whether it needs a sign-in of the last minutes, and `own_step` whether
    it needs the second step of everybody who has set one up. What was sent waits in the
    session for that, unless `keep` is false.
    """

    request: HttpRequest
    practice: str
    program: str
    fresh: bool = False
    own_step: bool = False
    keep: bool = True

    @property
    def user(self) -> User | None:
        """Who is signed in."""
        user = self.request.user
        return user if isinstance(user, User) else None


def route(
    *,
    permission: Permission,
    methods: Sequence[str] = ("GET",),
    fresh: Sequence[str] = (),
    own_step: bool = False,
    keep: bool = True,
    in_parts: bool = False,
) -> Callable[[View], View]:
    """Guard a page by a permission and hand it the door that was opened.

    The URL's `practice` or `program` part names whose rows are asked for; the view gets
    the door in its place. HEAD goes with GET. Whoever asks by a method of `fresh`
    without a sign-in of the last minutes confirms first that it is them, and then goes
    on with what they asked for or sent. With `own_step`, whoever has set a second step
    up passes it first, whether or not a role of theirs needs one. What a page is sent
    that holds a secret is never kept for that (`keep=False`): it is typed again.

    What is refused behind the door as nobody's to do for themselves (403) is noted on
    the trail, as what the door itself refuses.

    A page's work is one transaction, in the door's scope. One that asks somebody far
    away in the middle does it `in_parts`: the view opens the scope for each by itself,
    so that no lock is held meanwhile.
    """
    allowed = tuple(methods) + (("HEAD",) if "GET" in methods else ())
    confirmed = tuple(fresh) + (("HEAD",) if "GET" in fresh else ())

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
            if request.method not in allowed:
                return not_allowed(request, allowed)
            asked = Asked(
                request,
                str(kwargs.pop("practice", "")),
                str(kwargs.pop("program", "")),
                fresh=request.method in confirmed,
                own_step=own_step,
                keep=keep,
            )
            try:
                door = enter(asked, permission)
            except (SignInFirst, SecondFactorFirst, ConfirmFirst) as first:
                return _lead_to(first, asked)
            request.door = door  # type: ignore[attr-defined]
            try:
                with nullcontext() if in_parts else scoped(door.scope):
                    return _whole(view(request, door, **kwargs))
            except (Missing, Http404) as missing:
                note(asked, HTTPStatus.NOT_FOUND)
                raise Http404 from missing
            except Refusal as refusal:
                if refusal.status == HTTPStatus.FORBIDDEN:
                    note(asked, HTTPStatus.FORBIDDEN)
                context = {"refusal": refusal, "page_title": refusal.title}
                return render(request, "refused.html", context, status=refusal.status)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.methods = allowed  # type: ignore[attr-defined]
        return guarded

    return decorate


def _whole(response: HttpResponseBase) -> HttpResponseBase:
    """Render what would be rendered later, when the scope is over."""
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    return response


def outside(
    view: View,
    *,
    permission: Permission,
    methods: Sequence[str],
    fresh: Sequence[str] = (),
) -> View:
    """Put a library's own view behind a permission of ours.

    One that is public looks accounts up: it works in the scope of entry.
    """
    permission = ENTRY if permission is PUBLIC else permission

    def handed(
        request: HttpRequest,
        door: Door,
        **kwargs: object,
    ) -> HttpResponseBase:
        return view(request, **kwargs)

    return route(permission=permission, methods=methods, fresh=fresh)(handed)


def _lead_to(first: Exception, asked: Asked) -> HttpResponseBase:
    """Lead to what must be done first; afterwards they are back where they asked.

    Whoever needs a second factor is led to the second step, or to setting one up.
    """
    request = asked.request
    if isinstance(first, SignInFirst):
        return redirect_to_login(request.get_full_path(), str(settings.LOGIN_URL))
    if isinstance(first, ConfirmFirst):
        confirm = reverse("account_reauthenticate")
        if asked.keep or request.method != "POST":
            return suspend_request(request, confirm)
        messages.warning(request, TYPE_AGAIN)
        return _with_next(confirm, request)
    assert isinstance(request.user, User)
    held = _holds_a_factor(request.user)
    place = reverse("account_reauthenticate" if held else "mfa_index")
    if request.method != "GET":
        return redirect(place)
    return _with_next(place, request)


def _with_next(place: str, request: HttpRequest) -> HttpResponseBase:
    asked = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return redirect(f"{place}?{asked}")


def enter(asked: Asked, permission: Permission) -> Door:
    """Open the door a page asks for.

    A change that is refused here is noted on the trail.

    Raises:
        SignInFirst: for nobody, where somebody must sign in.
        Http404: for a stranger, exactly as for what doesn't exist.
        PermissionDenied: for the wrong role.
        SecondFactorFirst: for a role without its second factor, and where `own_step`
            is asked of somebody who has one.
        ConfirmFirst: where `fresh` is asked and the sign-in is too long ago.
    """
    shown = shown_by(asked.request)
    try:
        # Before `fresh`, which a password alone would do for.
        lacks = asked.own_step and not shown.second_factor
        if lacks and asked.user and _holds_a_factor(asked.user):
            raise SecondFactorFirst
        return open_door(
            permission,
            user=asked.user,
            practice_slug=asked.practice,
            program=asked.program,
            shown=shown,
            fresh=asked.fresh,
        )
    except Missing as missing:
        note(asked, HTTPStatus.NOT_FOUND)
        raise Http404 from missing
    except WrongRole as wrong:
        note(asked, HTTPStatus.FORBIDDEN)
        raise PermissionDenied from wrong
    except SecondFactorFirst:
        note(asked, HTTPStatus.FORBIDDEN)
        raise


def _holds_a_factor(user: User) -> bool:
    with scoped(Scope.own(user.pk)):
        return has_second_factor(user)


def note(asked: Asked, answer: int) -> None:
    """Note a refused change on the trail, the same for what is missing and foreign."""
    match = asked.request.resolver_match
    tried = Tried(
        route=match.view_name if match else "",
        method=str(asked.request.method),
        practice=asked.practice,
        program=asked.program,
        answer=answer,
    )
    note_denied(user=asked.user, token=None, tried=tried, now=clock.now())
