"""Asking every route as somebody, over production's https."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from accounts.checks import Routed
from tests.drawing import SEARCHES
from tests.gate.production import HOST
from tests.matrix.asking import undone
from tests.matrix.expectations import Word, parts_of
from tests.matrix.table import ROWS
from tests.matrix.world import World

SHARES = 3
WHO = ("signed out", "member", "administrator", "reviewer", "manager")
# Who is let in, so that what is sent is read.
LET_IN = {
    Word.PUBLIC: "signed out",
    Word.SIGNED_IN: "member",
    Word.OWN: "member",
    Word.PRACTICE: "administrator",
    Word.STAFF: "manager",
    Word.MANAGER: "manager",
}
# A page that the browser would style, script or send elsewhere on its own word.
STYLED = re.compile(
    rb"<[^>]+\s(?:style|on[a-z]+)\s*=|<style|javascript:|"
    # A script has an address, or is data that nothing runs.
    rb"<script(?![^>]*\s(?:src=|type=\"application/json\"))",
    re.IGNORECASE,
)


def share(routes: Sequence[Routed], turn: int) -> Sequence[Routed]:
    """Give every third route, others at the next turn; the long search asks them all.

    What is sent is read by code that routes have in common: each is asked some of it,
    and each of it is asked of many.
    """
    return routes if SEARCHES else routes[turn % SHARES :: SHARES]


def address(each: Routed, world: World, **other: str) -> str:
    """Give a route's address, of what is Northside's where nothing else is named."""
    row = ROWS[each.name]
    values = {
        part: other.get(part, world.things[row.names.get(part, part)].own)
        for part in parts_of(each.path)
    }
    return reverse(each.name, kwargs=values)


def is_a_fault(each: Routed, status: int) -> bool:
    """Say whether an answer is a fault of ours.

    A practice's provider is never there in this world, and its route says just that.
    """
    return status >= 500 and (each.name, status) != ("sign_on", 502)


def over_https(world: World, who: str) -> Client:
    """Give somebody's browser at production's address, signed in as before."""
    client = Client(
        raise_request_exception=False,
        headers={"host": HOST, "x-forwarded-proto": "https"},
    )
    # Their session's cookie may have had another name before.
    kept = world.client(who).cookies
    for held in (kept[name] for name in kept if name.endswith("session")):
        client.cookies[settings.SESSION_COOKIE_NAME] = held.value
    return client


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Take back what a request changed, in rows and in counters."""
    cache.clear()
    with undone():
        yield
    cache.clear()


def body_of(response: HttpResponse | StreamingHttpResponse) -> bytes:
    """Read an answer, whole; it can be read again."""
    if not isinstance(response, StreamingHttpResponse):
        return response.content
    found = b"".join(response)
    response.streaming_content = [found]
    return found


def send(client: Client, method: str, path: str, **how: Any) -> HttpResponse:  # noqa: ANN401
    """Send one request."""
    found: HttpResponse = getattr(client, method)(path, **how)
    return found
