"""A real mail server, and the outbox rows it gets."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from core.mail import SERVER
from tests.mail.office import Office, open_office


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
