"""Fixtures of sign-in and invitations."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from accounts.models import Practice, User
from tests.accounts.reading import DANA, invited
from tests.cast import NOW, a_practice, an_administrator
from tests.signing import open_session


@pytest.fixture(autouse=True)
def unlimited() -> None:
    """Start each test with no tries counted yet."""
    cache.clear()


@pytest.fixture
def in_november() -> Iterator[time_machine.Traveller]:
    """Stand still on Nov 17, 2025, until the test moves the clock."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def northside(db: None) -> Practice:
    """Alice's practice, without anybody."""
    return a_practice("Northside")


@pytest.fixture
def alice(northside: Practice) -> User:
    """Northside's Practice Administrator."""
    return an_administrator("Alice Adams", northside)


@pytest.fixture
def browser(alice: User) -> Client:
    """Alice's browser."""
    return open_session(Client(), alice)


@pytest.fixture
def link(northside: Practice, in_november: time_machine.Traveller) -> str:
    """The path that was mailed to Dana, who stands nowhere yet."""
    return invited(northside, DANA)
