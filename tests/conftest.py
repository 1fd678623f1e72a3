"""Fixtures that every test may ask for."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core.servers.basehttp import WSGIServer
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from tests.cast import NOW, TODAY, Cast, full_cast
from tests.database import (
    ledgers_can_be_flushed,
    requests_work_as_the_web,
    tasks_work_as_the_worker,
)
from tests.drawing import draw_the_same
from tests.kept import Kept, keep
from tests.migrated import django_db_modify_db_settings, django_db_setup
from tests.sharing_out import (
    pytest_collection_modifyitems,
    pytest_xdist_make_scheduler,
)
from tests.signing import open_session
from tests.witness import no_change_without_an_entry, witnessed

__all__ = [
    "django_db_modify_db_settings",
    "django_db_setup",
    "ledgers_can_be_flushed",
    "no_change_without_an_entry",
    "pytest_collection_modifyitems",
    "pytest_xdist_make_scheduler",
    "requests_work_as_the_web",
    "tasks_work_as_the_worker",
    "witnessed",
]

draw_the_same()


@pytest.fixture(scope="session")
def kept_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept[Cast]:
    """Make everybody before any test changes what they are made by."""
    with django_db_blocker.unblock():
        return keep(full_cast)


@pytest.fixture
def cast(kept_cast: Kept[Cast], db: None) -> Cast:
    """Everybody, as if freshly made."""
    return kept_cast.put_back()


@pytest.fixture
def today() -> Iterator[date]:
    """Live on Nov 17, 2025."""
    with time_machine.travel(NOW, tick=True):
        yield TODAY


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Client]:
    """Give a client that a person of the cast has signed in with, both steps passed."""

    def make(name: str) -> Client:
        return open_session(Client(), cast.user(name))

    return make


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings) -> Path:
    """Keep files in a folder of the test."""
    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "shelf", "base_url": None},
    }
    settings.STORAGES = settings.STORAGES | {"default": default}
    return tmp_path / "shelf"


@pytest.fixture(autouse=True, scope="session")
def long_queue() -> Iterator[None]:
    """Let the server keep as many callers waiting as a real one does.

    One server serves all of a process's tests, whichever asks for it first.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIServer, "request_queue_size", 128)
        yield
