"""A new key signs from now on; what the former one signed stays good until it goes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import signing
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from accounts.models import WebSession
from certificates.models import Certificate
from tests.accounts.reading import FRESH, reset_link_to
from tests.cast import Cast
from tests.gate.production import production
from tests.signing import open_session

pytestmark = pytest.mark.django_db
FORMER = "the-former-key-of-this-machine-" * 2
NEXT = "the-key-that-comes-after-it-" * 3


@pytest.fixture
def rotate(settings: Settings) -> Callable[[str], None]:
    """Start under the former key; give what puts the next one in its place."""
    cache.clear()
    settings.SECRET_KEY = FORMER
    settings.SECRET_KEY_FALLBACKS = []

    def turn(former: str) -> None:
        settings.SECRET_KEY = NEXT
        settings.SECRET_KEY_FALLBACKS = [FORMER] if former == "kept" else []

    return turn


@pytest.mark.parametrize("former", ["kept", "gone"])
def test_a_session_lives_as_long_as_the_key_it_began_with(
    former: str, rotate: Callable[[str], None], cast: Cast
) -> None:
    client = open_session(Client(), cast.alice)
    rotate(former)
    assert client.get("/p/northside/").status_code == (200 if former == "kept" else 302)
    if former == "kept":
        # From its first request on it stands under the new key alone.
        rotate("gone")
        assert client.get("/p/northside/").status_code == 200
        assert WebSession.objects.count() == 1


def set_by(link: str) -> HttpResponse:
    """Follow a reset link and set a password."""
    client = Client()
    page = client.get(link, follow=True)
    path = page.request["PATH_INFO"]
    answer: object = client.post(path, {"password1": FRESH}, follow=True)
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize("former", ["kept", "gone"])
def test_a_mailed_link_works_as_long_as_the_key_that_signed_it(
    former: str, rotate: Callable[[str], None], cast: Cast
) -> None:
    Client().post("/accounts/reset/", {"email": cast.alice.email})
    link = reset_link_to(cast.alice.email)
    rotate(former)
    assert ("Password saved" in set_by(link).content.decode()) is (former == "kept")


@pytest.mark.parametrize("former", ["kept", "gone"])
def test_whatever_else_is_signed_follows_the_same_keys(
    former: str, rotate: Callable[[str], None]
) -> None:
    signed = signing.dumps({"file": "a"}, salt="download")
    rotate(former)
    if former == "kept":
        assert signing.loads(signed, salt="download") == {"file": "a"}
    else:
        with pytest.raises(signing.BadSignature):
            signing.loads(signed, salt="download")
    assert signing.loads(signing.dumps(1)) == 1


def test_former_keys_come_from_the_environment(tmp_path: Path) -> None:
    told = f"{FORMER},{NEXT}"
    found = production(tmp_path, SECRET_KEY_FALLBACKS=told)
    assert found["SECRET_KEY_FALLBACKS"] == [FORMER, NEXT]
    assert production(tmp_path)["SECRET_KEY_FALLBACKS"] == []


def test_a_certificate_needs_no_key_to_be_verified(
    rotate: Callable[[str], None], cast: Cast
) -> None:
    number = Certificate.objects.filter(member=cast.bob)[0].number
    rotate("gone")
    assert Client().get(f"/verify/{number}/").status_code == 200
