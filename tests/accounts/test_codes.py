"""Codes of an authenticator app, and recovery codes: each works once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from core.models import AuditEntry
from tests.accounts.reading import recovery_codes_on, said, sign_in
from tests.cast import NOW, Cast
from tests.signing import (
    an_app_of,
    client_without_second_factor,
    open_session,
    set_up,
    signed_in,
    step,
)
from tests.totp import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]
CODES, STEP = "/accounts/security/codes/", "/accounts/login/step/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stand still at the beginning of a half minute."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_signing_in_takes_a_code_and_each_works_once(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    an_app_of(cast.alice)
    first, second = Client(), Client()
    for client in (first, second):
        answer = sign_in(client, cast.alice.email)
        assert answer.headers["Location"] == STEP
        assert not signed_in(client)

    assert step(first, "000000") == 200
    assert step(first, code_of()) == 302
    assert signed_in(first)
    assert first.get("/p/northside/").status_code == 200
    assert step(second, code_of()) == 200
    assert step(second, code_of(steps=-1)) == 200, "nor does the one before it"
    assert not signed_in(second)
    clock.shift(timedelta(seconds=30))
    assert step(second, code_of()) == 302


def test_the_code_that_set_the_app_up_is_used_up(cast: Cast) -> None:
    seed, _ = set_up(client_without_second_factor(cast.alice))
    other = Client()
    sign_in(other, cast.alice.email)

    assert step(other, code_of(seed)) == 200
    assert step(other, code_of(seed, steps=1)) == 302


def test_a_recovery_code_works_once_in_its_place(cast: Cast) -> None:
    client = open_session(Client(), cast.alice)
    page = said(client.post(CODES))
    code = recovery_codes_on(page)[0]

    for typed, expected in ((code, 302), (code, 200), (code.replace(" ", ""), 200)):
        other = Client()
        sign_in(other, cast.alice.email)
        assert step(other, typed) == expected

    assert AuditEntry.objects.filter(action="second_factor.code_used").count() == 1


def test_codes_made_anew_end_those_before(cast: Cast) -> None:
    client = open_session(Client(), cast.alice)
    pages = [said(client.post(CODES)) for _ in range(2)]
    old, new = (recovery_codes_on(page)[0] for page in pages)
    other = Client()
    sign_in(other, cast.alice.email)

    assert step(other, old) == 200
    assert step(other, new) == 302


def test_guessing_codes_ends_after_five_tries(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    an_app_of(cast.alice)
    for _ in range(5):
        client = Client()
        sign_in(client, cast.alice.email)
        step(client, "000000")
        clock.shift(timedelta(seconds=20))

    client = Client()
    sign_in(client, cast.alice.email)
    assert "too many tries" in said(client.post(STEP, {"code": code_of()}))
    clock.shift(timedelta(minutes=5))
    assert step(client, code_of()) == 302
