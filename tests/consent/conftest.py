"""The day, and the people who are signed in."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client


@pytest.fixture
def alice(today: date, signed_in: Callable[[str], Client]) -> Client:
    """Northside's Practice Administrator."""
    return signed_in("alice")


@pytest.fixture
def frank(today: date, signed_in: Callable[[str], Client]) -> Client:
    """Lakeview's Practice Administrator."""
    return signed_in("frank")


@pytest.fixture
def charlie(today: date, signed_in: Callable[[str], Client]) -> Client:
    """A credential holder at Lakeview."""
    return signed_in("charlie")
