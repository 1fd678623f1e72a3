"""A client of Northside with every scope."""

from datetime import date

import pytest
from django.core.cache import cache

from tests.api.asking import Api, secret_of
from tests.cast import Cast


@pytest.fixture(autouse=True)
def no_requests_counted() -> None:
    """Begin every test with a full allowance of requests."""
    cache.clear()


@pytest.fixture
def api(today: date, cast: Cast) -> Api:
    """Northside's client, on the demonstration's day."""
    return Api(cast.northside.slug, secret_of(cast.northside, cast.alice))
