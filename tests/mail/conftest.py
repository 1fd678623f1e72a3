"""A real mail server, and the outbox rows it gets."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from core.mail import SERVER
from tests.mail.office import Office, open_office
from tests.mail.workers import Workers, hired


@pytest.fixture(autouse=True)
def nobody_was_away() -> Iterator[None]:
    """Begin and end every test with a mail server that is worth asking."""
    SERVER.end()
    yield
    SERVER.end()


@pytest.fixture
def server(settings: Settings) -> Iterator[Office]:
    """A mail server that the project is set to send by."""
    with open_office() as office:
        settings.EMAIL_BACKEND = "core.mail.SmtpBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = office.port
        settings.EMAIL_TIMEOUT = 5
        yield office


@pytest.fixture
def office() -> Iterator[Office]:
    """A mail server for processes of their own."""
    with open_office() as found:
        yield found


@pytest.fixture
def workers(
    transactional_db: None, tmp_path: Path, office: Office
) -> Iterator[Workers]:
    """Processes that send by that server, woken by Redis where the tests have it."""
    with hired(tmp_path, office, redis="REDIS_URL" in os.environ) as found:
        yield found
