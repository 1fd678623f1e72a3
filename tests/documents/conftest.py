"""A practice in good standing, its browser, and a shelf for files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast, given
from tests.portal.conftest import alice, bob, erin, mona

__all__ = ["alice", "bob", "erin", "mona"]


@pytest.fixture
def good(today: date, cast: Cast, shelf: Path) -> Cast:
    """Bob was renewed: Northside is in good standing again."""
    given(cast.renewals, cast.northside, cast.bob)
    return cast


@pytest.fixture
def frank(today: date, signed_in: Callable[[str], Client]) -> Client:
    """The browser of Lakeview's Practice Administrator."""
    return signed_in("frank")


@pytest.fixture
def small(settings: Settings) -> None:
    """Let a practice keep one megabyte."""
    settings.PRACTICE_MEGABYTES = 1
