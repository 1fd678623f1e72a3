"""The day, and the people who are signed in."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def no_lookups_counted() -> None:
    """Begin every test with a full allowance of public look-ups."""
    cache.clear()


@pytest.fixture
def alice(today: date, signed_in: Callable[[str], Client]) -> Client:
    """The browser of Northside's Practice Administrator."""
    return signed_in("alice")


@pytest.fixture
def erin(today: date, signed_in: Callable[[str], Client]) -> Client:
    """The browser of the body's reviewer."""
    return signed_in("erin")


@pytest.fixture
def mona(today: date, signed_in: Callable[[str], Client]) -> Client:
    """The browser of the body's manager."""
    return signed_in("mona")


@pytest.fixture
def bob(today: date, signed_in: Callable[[str], Client]) -> Client:
    """The browser of a credential holder at Northside."""
    return signed_in("bob")
