"""Who is signed in, and for how long: looked up in a scope of its own."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from accounts.sessions import VISIT
from core.scope import Scope, scoped

Answer = Callable[[HttpRequest], HttpResponseBase]
# How exact "last seen" is, in seconds: a write a minute, not one a request.
NOTED = 60
LONGEST_AGENT = 300


class SignedIn(AuthenticationMiddleware):
    """Tells who is signed in when somebody asks, as Django's own does.

    It is asked for wherever a page is put together, also on pages that no door led to;
    so the look-up brings its scope along.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Put the lazy answer on the request."""
        super().process_request(request)

        def known() -> AbstractBaseUser | AnonymousUser:
            with scoped(Scope.entry()):
                return get_user(request)

        # Without a session there is nobody to look up.
        if request.session.session_key is not None:
            request.user = SimpleLazyObject(known)  # type: ignore[assignment]


class SessionLimits:
    """Signs out who has not clicked for half an hour, or signed in twelve hours ago.

    A session keeps real time, also where a demonstration's day is moved.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hold the session against both limits, and note that it was seen."""
        now = time.time()
        if SESSION_KEY in request.session:
            visit = request.session.get(VISIT)
            if visit and _is_over(visit, now):
                logout(request)
            elif visit and now - visit["seen"] >= NOTED:
                request.session[VISIT] = visit | {"seen": now}
        response = self.get_response(request)
        if SESSION_KEY in request.session and VISIT not in request.session:
            agent = request.headers.get("User-Agent", "")[:LONGEST_AGENT]
            request.session[VISIT] = {"began": now, "seen": now, "agent": agent}
        return response


def _is_over(visit: dict[str, float], now: float) -> bool:
    idle = now - visit["seen"] > settings.SESSION_IDLE.total_seconds()
    return idle or now - visit["began"] > settings.SESSION_LONGEST.total_seconds()
