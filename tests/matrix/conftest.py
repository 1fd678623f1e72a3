"""The world the matrix asks in: made once, every request in it undone."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from tests.cast import NOW
from tests.matrix.asking import undone
from tests.matrix.guild import with_the_guild
from tests.matrix.world import World, make_world

MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@contextmanager
def world_of_its_own(blocker: DjangoDbBlocker) -> Iterator[World]:
    """Make the world in a transaction that is never committed.

    Its clock stands still: nobody was idle for too long, however long all tests take.
    """
    noon = time_machine.travel(NOW, tick=False)
    with blocker.unblock(), noon, transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def made_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    """Make it once for all of these tests: nothing else happens among them."""
    with world_of_its_own(django_db_blocker) as made:
        yield made


@pytest.fixture
def world(made_once: World, settings: Settings) -> Iterator[World]:
    """Give the world as it was made, whatever an earlier test did in it."""
    settings.CACHES = MEMORY
    with undone():
        yield made_once


@pytest.fixture(scope="module")
def guild() -> Iterator[None]:
    """Let a second body have a pack."""
    with with_the_guild():
        yield
