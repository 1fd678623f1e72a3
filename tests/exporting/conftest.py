"""Who asks for exports."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client


@pytest.fixture
def alice(today: date, signed_in: Callable[[str], Client]) -> Client:
    """A browser in which Northside's administrator is signed in."""
    return signed_in("alice")


@pytest.fixture
def frank(today: date, signed_in: Callable[[str], Client]) -> Client:
    """A browser in which Lakeview's administrator is signed in."""
    return signed_in("frank")
