"""Fixtures of single sign-on."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from accounts.models import Practice, SingleSignOn
from core.sealing import seal
from tests.cast import Cast
from tests.sign_on.provider import CLIENT, SECRET, FakeProvider, a_provider
from tests.sign_on.servers import a_certificate_for

PUBLIC = "8.8.8.8"
Dial = Callable[[int], list[tuple[str, int]]]


@pytest.fixture(autouse=True)
def unlimited() -> None:
    """Start each test with no tries counted yet."""
    cache.clear()


@pytest.fixture
def provider(settings: Settings) -> Iterator[FakeProvider]:
    """A provider on this machine, which may be asked."""
    settings.OUTGOING_LOCALHOST = True
    with a_provider() as made:
        yield made


def set_on(practice: Practice, issuer: str) -> SingleSignOn:
    """Switch a practice's single sign-on on."""
    return SingleSignOn.objects.create(
        practice=practice,
        issuer=issuer,
        client_id=CLIENT,
        sealed_secret=seal(SECRET),
        domains=[
            "alice-adams.example",
            "bob-baker.example",
            "charlie-chen.example",
            "erin-ellis.example",
            "sam-stone.example",
        ],
        is_on=True,
    )


@pytest.fixture
def sign_on(cast: Cast, provider: FakeProvider) -> SingleSignOn:
    """Northside signs in by the provider."""
    return set_on(cast.northside, provider.issuer)


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Answer each look-up of a name with the next of these lists of addresses."""
    answers: list[list[str]] = []

    def find(host: str, port: int, **how: object) -> list[object]:
        found = answers.pop(0)
        kinds = [socket.AF_INET6 if ":" in each else socket.AF_INET for each in found]
        return [
            (kind, socket.SOCK_STREAM, 6, "", (each, port))
            for kind, each in zip(kinds, found, strict=True)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", find)
    return answers


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> Dial:
    """Lead every connection to a port of this machine; give where it was to go."""
    wanted: list[tuple[str, int]] = []

    def leads_to(port: int) -> list[tuple[str, int]]:
        def dial(address: tuple[str, int], **how: float) -> socket.socket:
            wanted.append(address)
            # By number: this look-up is the test's own.
            plain = socket.socket()
            plain.settimeout(how["timeout"])
            plain.connect(("127.0.0.1", port))
            return plain

        monkeypatch.setattr(socket, "create_connection", dial)
        return wanted

    return leads_to


@pytest.fixture
def local(settings: Settings) -> None:
    """Let servers of this machine be asked, as in a demonstration."""
    settings.OUTGOING_LOCALHOST = True


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A server's key, whose certificate this machine trusts."""
    path = a_certificate_for("login.practice.example", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path
