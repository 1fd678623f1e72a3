"""What changes a second step needs that step, in a session that lacks it."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.cast import Cast
from tests.signing import an_app_of, client_without_second_factor, open_session, set_up
from tests.totp import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]
APP, PASSKEY, CODES = (
    f"/accounts/security/{each}/" for each in ("app", "passkey", "codes")
)


def test_a_session_without_its_step_changes_no_factor(cast: Cast) -> None:
    for name in ("alice", "bob"):
        user = cast.user(name)
        app = an_app_of(user)
        client = client_without_second_factor(user)
        led = {place: client.get(place).headers["Location"] for place in (APP, PASSKEY)}
        sent = [
            client.post(place).headers.get("Location")
            for place in (
                APP,
                PASSKEY,
                CODES,
                f"/accounts/security/factors/{app.pk}/remove/",
            )
        ]

        assert led == {
            APP: "/accounts/confirm/?next=%2Faccounts%2Fsecurity%2Fapp%2F",
            PASSKEY: "/accounts/confirm/?next=%2Faccounts%2Fsecurity%2Fpasskey%2F",
        }
        assert sent == ["/accounts/confirm/"] * 4
        assert list(Authenticator.objects.filter(user=user)) == [app]


def test_with_the_step_it_goes_on(cast: Cast) -> None:
    user = cast.user("bob")
    an_app_of(user)
    client = client_without_second_factor(user)

    client.post("/accounts/confirm/", {"code": code_of()})

    assert client.get(PASSKEY).status_code == 200
    assert client.post(CODES).status_code == 200


def test_a_first_factor_needs_none(cast: Cast) -> None:
    client = client_without_second_factor(cast.user("bob"))

    _, page = set_up(client)

    assert "Keep these ten codes" in page
    assert client.post(CODES).status_code == 200
    assert open_session(Client(), cast.user("bob")).get(PASSKEY).status_code == 200
