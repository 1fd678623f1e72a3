"""The world the matrix asks in: made once, every request in it undone."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from tests.cast import NOW
from tests.matrix.asking import undone
from tests.matrix.world import World, make_world

MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(scope="package")
def made_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    """Make the world in a transaction that is never committed.

    Its clock stands still: nobody was idle for too long, however long all tests take.
    """
    noon = time_machine.travel(NOW, tick=False)
    with django_db_blocker.unblock(), noon, transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(made_once: World, settings: Settings) -> Iterator[World]:
    """Give the world as it was made, whatever an earlier test did in it."""
    settings.CACHES = MEMORY
    with undone():
        yield made_once
