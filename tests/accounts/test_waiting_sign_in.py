"""A sign-in that waits at its second step ends with the password that began it."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.services.passwords import set_password
from accounts.views import entry
from tests.accounts.reading import FRESH, sign_in
from tests.cast import NOW, Cast
from tests.signing import an_app_of, signed_in, step
from tests.totp import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SIGN_IN, STEP = "/accounts/login/", "/accounts/login/step/"


def waiting(user: User) -> Client:
    """A browser in which somebody gave their password, and no code yet."""
    an_app_of(user)
    client = Client()
    assert sign_in(client, user.email).headers["Location"] == STEP
    return client


def refused(client: Client) -> None:
    """Neither the page nor a right code is any use, and no code is used up."""
    answer = client.post(STEP, {"code": code_of()})
    assert answer.headers["Location"] == SIGN_IN
    assert not signed_in(client)
    assert client.get(STEP).headers["Location"] == SIGN_IN
    assert client.get(SIGN_IN).status_code == 200


def test_a_new_password_ends_it(cast: Cast) -> None:
    client = waiting(cast.alice)

    set_password(user=cast.alice, password=FRESH, now=NOW)

    refused(client)
    assert sign_in(client, cast.alice.email, FRESH).headers["Location"] == STEP
    assert step(client, code_of()) == 302
    assert signed_in(client)
    assert "first_step" not in client.session


def test_switching_the_account_off_ends_it_for_good(cast: Cast) -> None:
    client = waiting(cast.alice)
    people = User.objects.filter(pk=cast.alice.pk)

    people.update(is_active=False)

    refused(client)
    people.update(is_active=True)
    refused(client)


def test_a_former_key_of_the_site_does_not_end_it(
    cast: Cast, settings: Settings
) -> None:
    client = waiting(cast.alice)
    former = settings.SECRET_KEY

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "k" * 60, [former]

    assert step(client, code_of()) == 302
    assert signed_in(client)


def test_what_changes_while_the_code_is_looked_at_counts(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = waiting(cast.alice)
    set_password(user=cast.alice, password=FRESH, now=NOW)

    monkeypatch.setattr(entry, "first_step_holds", lambda request, user: True)
    answer = client.post(STEP, {"code": code_of()})

    assert answer.headers["Location"] == SIGN_IN
    assert not signed_in(client)
    assert "account_authentication_methods" not in client.session
