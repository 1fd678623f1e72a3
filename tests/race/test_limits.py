"""Limits hold however many ask at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from rest_framework.request import Request

from accounts.rest import CallerLimit
from core import caching
from core.caching import count
from core.throttle import VerifyThrottle
from tests.cast import NOW

pytestmark = pytest.mark.race
Answer = TypeVar("Answer")
THREADS = 12
TIMES = 15
ASKED = THREADS * TIMES


@pytest.fixture(autouse=True)
def one_minute(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let everybody ask within one and the same minute, as if nobody had yet."""
    # Whoever gets no turn is let in: on a busy machine all are to get theirs.
    monkeypatch.setattr(caching, "TURN_SECONDS", 60)
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


def at_once(ask: Callable[[int], Answer]) -> list[Answer]:
    """Call with the numbers 0 to 11, fifteen times each, in a thread a number."""
    together = Barrier(THREADS)

    def often(thread: int) -> list[Answer]:
        together.wait()
        try:
            return [ask(thread) for _ in range(TIMES)]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return [answer for each in pool.map(often, range(THREADS)) for answer in each]


def counted(name: str) -> int:
    """Count within the minute."""
    return count(name, seconds=60, now=int(NOW.timestamp()))


def test_no_number_is_given_twice() -> None:
    assert sorted(at_once(lambda _: counted("asked"))) == [*range(1, ASKED + 1)]


def test_each_name_has_its_own_number() -> None:
    found = at_once(lambda thread: (thread, counted(f"asked-{thread}")))
    assert sorted(found) == [
        (thread, used) for thread in range(THREADS) for used in range(1, TIMES + 1)
    ]


def test_one_of_many_stores_what_is_not_there() -> None:
    order = {thread: iter(range(TIMES)) for thread in range(THREADS)}
    stored = at_once(lambda thread: cache.add(f"lock-{next(order[thread])}", thread, 9))
    assert stored.count(True) == TIMES


@pytest.mark.django_db(transaction=True)
def test_page_and_api_verify_sixty_times_a_minute_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(VerifyThrottle, "THROTTLE_RATES", {"verify": "60/min"})

    def ask(thread: int) -> int:
        address = "/api/v1/verify/hello" if thread % 2 else "/verify/hello/"
        return Client().get(address).status_code

    answers = at_once(ask)
    assert answers.count(404) == 60
    assert answers.count(429) == ASKED - 60


def test_a_token_asks_as_often_as_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CallerLimit, "THROTTLE_RATES", {"token": "100/min"})
    monkeypatch.setattr(CallerLimit, "caller", lambda *_: "token:one")

    def ask(_: int) -> bool:
        request = Request(RequestFactory().get("/"))
        return CallerLimit().allow_request(request, None)

    assert at_once(ask).count(True) == 100
