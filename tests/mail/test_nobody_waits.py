"""No request of a person ever waits for a mail server, whatever that server does."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from core.models import OutboxMessage
from tests.cast import PASSWORD, Cast, seats
from tests.portal.pressing import press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
# Seconds for all of a test's requests together.
AT_MOST = 3


@pytest.fixture(autouse=True)
def silence(settings: Settings) -> Iterator[None]:
    """Send by a server that accepts whoever comes and never says a word."""
    settings.EMAIL_BACKEND = "core.mail.SmtpBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 60
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.EMAIL_PORT = listening.getsockname()[1]
        yield


def test_whatever_tells_somebody_is_done_at_once(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    OutboxMessage.objects.update(state="sent")
    seats(cast.northside, cast.renewals, 1)
    alice = signed_in("alice")
    invited = {"first_name": "Ina", "last_name": "Vited", "email": "ina@mail.example"}
    began = time.monotonic()

    assert press(alice, "Bob Baker").status_code == 302
    people = "/p/northside/settings/people/"
    assert alice.post(people, invited).status_code == 302
    reset = {"email": cast.alice.email}
    assert Client().post("/accounts/reset/", reset).status_code == 302
    login = {"login": cast.alice.email, "password": PASSWORD}
    assert Client().post("/accounts/login/", login).status_code == 302

    assert time.monotonic() - began < AT_MOST
    kinds = OutboxMessage.objects.filter(state="waiting").values_list("kind", flat=True)
    assert {"renewed", "renewed_administrator", "invite", "reset"} <= set(kinds)
