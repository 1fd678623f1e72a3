"""The day, and the people who are signed in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from certificates.models import Certificate
from tests.cast import Cast, given
from tests.kept import Kept, keep
from tests.portal.paper import newest
from tests.portal.story import demo


@pytest.fixture(autouse=True)
def no_lookups_counted() -> None:
    """Begin every test with a full allowance of public look-ups."""
    cache.clear()


@pytest.fixture(scope="session")
def kept_story(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept[str]:
    """Tell the demonstration's story once."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        return keep(demo)


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


@pytest.fixture
def issued(today: date, shelf: Path, cast: Cast) -> Certificate:
    """Bob's certificate of the term that begins today; its paper waits."""
    given(cast.renewals, cast.northside, cast.bob)
    return newest(cast.bob)
