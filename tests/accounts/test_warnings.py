"""Whoever's way in changes is told by mail, in case it wasn't them."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from accounts.services.second_factors import add_passkey
from core.models import OutboxMessage
from tests.accounts.reading import recovery_codes_on, reset_link_to, said, sign_in
from tests.cast import NOW, PASSWORD, Cast
from tests.signing import (
    an_app_of,
    client_without_second_factor,
    open_session,
    set_up,
    step,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]
FRESH = "another long enough password"


def told(user: User) -> list[str]:
    """What somebody was told of, the first first."""
    rows = OutboxMessage.objects.filter(kind="security_changed", recipient=user.email)
    return [row.payload["what"] for row in rows.order_by("created_at", "due_at")]


def test_a_new_app_and_its_recovery_codes_are_told(cast: Cast) -> None:
    set_up(client_without_second_factor(cast.alice))

    assert sorted(told(cast.alice)) == [
        "A second step was set up: an authenticator app.",
        "New recovery codes were made.",
    ]


def test_a_new_passkey_is_told_by_its_name(cast: Cast) -> None:
    add_passkey(user=cast.alice, name="My laptop", credential={}, keep="", now=NOW)

    assert told(cast.alice) == ["A second step was set up: the passkey My laptop."]


def test_a_removed_app_is_told(cast: Cast) -> None:
    bob = cast.user("bob")
    app = an_app_of(bob)
    open_session(Client(), bob).post(f"/accounts/security/factors/{app.pk}/remove/")

    assert not Authenticator.objects.filter(user=bob).exists()
    assert told(bob) == ["A second step was removed: the authenticator app."]


def test_a_used_recovery_code_is_told_with_how_many_are_left(cast: Cast) -> None:
    page = said(open_session(Client(), cast.alice).post("/accounts/security/codes/"))
    client = Client()
    sign_in(client, cast.alice.email)

    assert step(client, recovery_codes_on(page)[0]) == 302
    assert "A recovery code was used to sign in; 9 are left." in told(cast.alice)


def test_a_step_that_the_operator_took_away_is_told(cast: Cast) -> None:
    an_app_of(cast.alice)
    call_command("reset_second_step", cast.alice.email)

    assert told(cast.alice) == [
        "Your second steps were taken away, so that you set up new ones."
    ]


def test_a_changed_password_is_told_however_it_was_changed(cast: Cast) -> None:
    bob = cast.user("bob")
    open_session(Client(), bob).post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": FRESH}
    )
    client = Client()
    client.post("/accounts/reset/", {"email": bob.email})
    page = client.get(reset_link_to(bob.email), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": FRESH + "!"})

    assert told(bob) == ["Your password was changed."] * 2


def test_the_warning_is_filed_with_no_practice_and_no_body(cast: Cast) -> None:
    add_passkey(user=cast.alice, name="Key", credential={}, keep="", now=NOW)
    row = OutboxMessage.objects.get(kind="security_changed")

    assert (row.program, row.practice_id) == ("", None)
