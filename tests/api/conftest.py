"""A client of Northside with every scope."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from django.core.cache import cache
from django.test import Client
from schemathesis.pytest.plugin import SchemathesisFunction

from tests.api.asking import Api, Caller, secret_of
from tests.cast import BODY, Cast

LONG = "test_every_edge.py"


def pytest_ignore_collect(
    collection_path: Path, config: pytest.Config
) -> Literal[True] | None:
    """Leave alone what takes long even to be named, where no drill is wanted."""
    unwanted = "not drill" in config.option.markexpr
    return True if unwanted and collection_path.name == LONG else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name each operation's test on its own: of one name, workers run one alone."""
    for item in items:
        if isinstance(item, SchemathesisFunction) and item.operation_label:
            # Schemathesis puts it in the name, out of which pytest makes no id.
            item._id = item.id.with_params(item.operation_label)  # noqa: SLF001


@pytest.fixture(autouse=True)
def no_requests_counted() -> None:
    """Begin every test with a full allowance of requests."""
    cache.clear()


@pytest.fixture
def api(today: date, cast: Cast) -> Api:
    """Northside's client, on the demonstration's day."""
    return Api(cast.northside.slug, secret_of(cast.northside, cast.alice))


@pytest.fixture
def own(today: date, cast: Cast, signed_in: Callable[[str], Client]) -> Caller:
    """Bob in his browser, at what is his own."""
    return Caller("/api/v1/me", {}, signed_in("bob"))


@pytest.fixture
def body(today: date, cast: Cast, signed_in: Callable[[str], Client]) -> Caller:
    """Erin in her browser, at what was reported to the body."""
    return Caller(f"/api/v1/bodies/{BODY}", {}, signed_in("erin"))
