"""The day, the people, and the outbox sent."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from core.models import OutboxMessage
from tests.cast import Cast


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Begin every test with a full allowance of readings."""
    cache.clear()


@pytest.fixture
def alice(today: date, signed_in: Callable[[str], Client]) -> Client:
    """The browser of Northside's Practice Administrator."""
    return signed_in("alice")


@pytest.fixture
def bob(today: date, signed_in: Callable[[str], Client]) -> Client:
    """The browser of a credential holder at Northside."""
    return signed_in("bob")


@pytest.fixture(autouse=True)
def nothing_waits(cast: Cast) -> None:
    """Begin every test with an outbox in which nothing of the cast's past waits."""
    OutboxMessage.objects.update(state=OutboxMessage.State.VOID)
