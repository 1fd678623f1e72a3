"""`@route`: what every page declares, and the answer when a door stays shut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
)
from django.shortcuts import render

from accounts.access import Door, Permission, SignInFirst, WrongRole, open_door
from accounts.models import User
from accounts.services import Tried, note_denied
from core import clock
from core.errors import not_allowed
from core.failures import Missing, Refusal
from core.scope import scoped

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Asked:
    """A request for a page, and whose rows its address names."""

    request: HttpRequest
    practice: str
    program: str

    @property
    def user(self) -> User | None:
        """Who is signed in."""
        user = self.request.user
        return user if isinstance(user, User) else None


def route(
    *, permission: Permission, methods: Sequence[str] = ("GET",)
) -> Callable[[View], View]:
    """Guard a page by a permission and hand it the door that was opened.

    The URL's `practice` or `program` part names whose rows are asked for; the view gets
    the door in its place. HEAD goes with GET.
    """
    allowed = tuple(methods) + (("HEAD",) if "GET" in methods else ())

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
            if request.method not in allowed:
                return not_allowed(request, allowed)
            asked = Asked(
                request,
                str(kwargs.pop("practice", "")),
                str(kwargs.pop("program", "")),
            )
            door = enter(asked, permission)
            if door is None:
                return redirect_to_login(
                    request.get_full_path(), str(settings.LOGIN_URL)
                )
            request.door = door  # type: ignore[attr-defined]
            try:
                with scoped(door.scope):
                    return view(request, door, **kwargs)
            except (Missing, Http404) as missing:
                note(asked, HTTPStatus.NOT_FOUND)
                raise Http404 from missing
            except Refusal as refusal:
                context = {"refusal": refusal, "page_title": refusal.title}
                return render(request, "refused.html", context, status=refusal.status)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.methods = allowed  # type: ignore[attr-defined]
        return guarded

    return decorate


def outside(
    view: View,
    *,
    permission: Permission,
    methods: Sequence[str],
) -> View:
    """Put a library's own view behind a permission of ours."""

    def handed(
        request: HttpRequest,
        door: Door,
        **kwargs: object,
    ) -> HttpResponseBase:
        return view(request, **kwargs)

    return route(permission=permission, methods=methods)(handed)


def enter(asked: Asked, permission: Permission) -> Door | None:
    """Open the door a page asks for; None where somebody must sign in first.

    A change that is refused here is noted on the trail.

    Raises:
        Http404: for a stranger, exactly as for what doesn't exist.
        PermissionDenied: for the wrong role.
    """
    try:
        return open_door(
            permission,
            user=asked.user,
            practice_slug=asked.practice,
            program=asked.program,
        )
    except SignInFirst:
        return None
    except Missing as missing:
        note(asked, HTTPStatus.NOT_FOUND)
        raise Http404 from missing
    except WrongRole as wrong:
        note(asked, HTTPStatus.FORBIDDEN)
        raise PermissionDenied from wrong


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
