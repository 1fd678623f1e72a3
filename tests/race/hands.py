"""Many hands that let go at the same moment."""

import html
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from typing import TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

Fields = Mapping[str, str | list[str]]
T = TypeVar("T")
# What a page would put in its form and in the browser alike.
TOKEN = "x" * 32
PROBLEM = re.compile(r'<li><a href="#[\w-]+">([^<]+)</a></li>')


@dataclass(frozen=True)
class Answer:
    """What one of them heard."""

    status: int
    body: str

    @property
    def problem(self) -> str:
        """The first sentence of the error summary; empty where there is none."""
        found = PROBLEM.search(self.body)
        return html.unescape(found[1]) if found else ""


@dataclass(frozen=True)
class Hand:
    """A signed-in browser with a form filled in."""

    client: Client
    path: str
    fields: Fields

    def send(self, host: str) -> Answer:
        """Send the form over HTTP."""
        session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        body = urlencode([*self._pairs(), ("csrfmiddlewaretoken", TOKEN)])
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; "
            f"{settings.CSRF_COOKIE_NAME}={TOKEN}",
        }
        way = HTTPConnection(host, timeout=60)
        try:
            way.request("POST", self.path, body, headers)
            answer = way.getresponse()
            return Answer(answer.status, answer.read().decode())
        finally:
            way.close()

    def _pairs(self) -> list[tuple[str, str]]:
        return [
            (name, value)
            for name, values in self.fields.items()
            for value in ([values] if isinstance(values, str) else values)
        ]


def at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Do everything at one moment, each in a thread; give what came of it in order."""
    gate = threading.Barrier(len(acts), timeout=30)

    def wait_and(act: Callable[[], T]) -> T:
        gate.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(wait_and, acts))


def send_all(server: str, hands: Sequence[Hand]) -> list[Answer]:
    """Let every hand send its form at one moment."""
    host = server.removeprefix("http://")
    return at_once([partial(hand.send, host) for hand in hands])


def statuses(answers: Sequence[Answer]) -> dict[int, int]:
    """How often each status was heard."""
    heard = [answer.status for answer in answers]
    return {status: heard.count(status) for status in sorted(set(heard))}
