"""The people who write courses, and who begin them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def own_shelf(shelf: Path) -> None:
    """Keep files in a place of the test's own."""


@pytest.fixture
def mona(today: date, signed_in: Callable[[str], Client]) -> Client:
    """The browser of the body's manager."""
    return signed_in("mona")


@pytest.fixture
def bob(today: date, signed_in: Callable[[str], Client]) -> Client:
    """The browser of a credential holder at Northside."""
    return signed_in("bob")
