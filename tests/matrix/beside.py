"""The world for tests beside the matrix: made once a module, for others have rows."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.matrix.conftest import world, world_of_its_own
from tests.matrix.world import World

__all__ = ["made_once", "world"]


@pytest.fixture(scope="module")
def made_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    """Make it once for all tests of a module."""
    with world_of_its_own(django_db_blocker) as made:
        yield made
