"""Ends sessions that were left alone, or are too old."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase

from accounts.sessions import VISIT

Answer = Callable[[HttpRequest], HttpResponseBase]
# How exact "last seen" is, in seconds: a write a minute, not one a request.
NOTED = 60
LONGEST_AGENT = 300


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
