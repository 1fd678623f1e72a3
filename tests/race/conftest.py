"""A server with many browsers."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from accounts.models import Member
from tests.cast import Cast, certify, credit
from tests.portal.conftest import issued
from tests.portal.crowd import crowd

__all__ = ["issued"]


@pytest.fixture
def server(live_server: LiveServer, today: date) -> str:
    """The address of a server that answers each request in a thread of its own."""
    return live_server.url


@pytest.fixture
def browsers(
    server: str, signed_in: Callable[[str], Client]
) -> Callable[[str, int], list[Client]]:
    """Give any number of browsers of one person, each with a session of its own."""

    def make(name: str, count: int) -> list[Client]:
        return [signed_in(name) for _ in range(count)]

    return make


@pytest.fixture
def lapsed(server: str, cast: Cast) -> Callable[[int], list[Member]]:
    """Make any number of people who need a renewal and have the credit for it."""

    def make(count: int) -> list[Member]:
        members = crowd(cast.northside, count, [date(2025, 11, 2)])
        for member in members:
            certify(member)
            credit(member, "3.0", on=date(2025, 5, 5))
        return members

    return make
