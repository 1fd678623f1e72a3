"""One nginx and one gunicorn for all tests of a process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from deploy.system import server
from tests.cast import Cast, full_cast
from tests.front.browsing import Caller
from tests.front.serving import Front, in_front


@pytest.fixture(scope="session")
def front(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Front]:
    """What stands in front, with the tests' rows behind it."""
    if server("nginx") is None:
        pytest.skip("nginx is missing. Run: sudo make system-services")
    with in_front(tmp_path_factory.mktemp("front")) as made:
        yield made


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Everybody, in rows that the other processes see."""
    return full_cast()


@pytest.fixture
def shelf(front: Front, settings: Settings) -> Path:
    """Keep files where nginx and gunicorn have them, with production's rights."""
    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": front.files, "base_url": None},
    }
    settings.STORAGES = settings.STORAGES | {"default": default}
    return front.files


@pytest.fixture
def caller(front: Front, cast: Cast) -> Callable[[str], Caller]:
    """Give somebody of the cast a browser that is signed in, over https."""

    def make(name: str) -> Caller:
        client = Client()
        client.force_login(
            cast.user(name),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        return Caller(front.port, client.session.session_key or "")

    return make
