"""Coming back from a provider: once, soon, in the same browser, with its own word."""

from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.asking import in_turn
from accounts.models import SignOnLink, SingleSignOn, User
from tests.accounts.reading import said
from tests.accounts.reading import sign_in as by_password
from tests.cast import Cast
from tests.gate.logs import listening
from tests.sign_on.browsing import BACK, CODE, HERE, come_back, go, refused
from tests.sign_on.conftest import set_on
from tests.sign_on.provider import ALICE, BOB, SECRET, FakeProvider
from tests.sign_on.servers import Said
from tests.signing import an_app_of, signed_in, step
from tests.totp import code_of

if TYPE_CHECKING:
    pass

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def client() -> Client:
    """A browser."""
    return Client()


@pytest.fixture
def northside(sign_on: SingleSignOn) -> SingleSignOn:
    """Northside's single sign-on."""
    return sign_on


def test_nothing_comes_of_a_way_back_that_did_not_begin_here(
    client: Client, provider: FakeProvider, northside: SingleSignOn
) -> None:
    provider.say("bob-1", BOB)
    assert refused(client.get(BACK))
    assert refused(come_back(client, "forged"))
    state = go(client, provider)
    for forged in ("", "forged", f"{state}x", "é"):
        assert refused(come_back(client, forged))
    # In another browser it is worth nothing.
    assert refused(come_back(Client(), state))
    assert [each.path for each in provider.asked if each.path == "/token"] == []
    assert come_back(client, state).status_code == 302


def test_a_way_back_works_once(
    client: Client, cast: Cast, provider: FakeProvider, northside: SingleSignOn
) -> None:
    provider.say("bob-1", BOB)
    state = go(client, provider)
    come_back(client, state)
    client.post("/accounts/logout/")
    assert refused(come_back(client, state))
    other = Client()
    state = go(other, provider)
    assert refused(come_back(other, state, error="access_denied"))
    assert refused(come_back(other, state))
    assert not signed_in(other)


def test_a_way_back_ends_after_a_quarter_of_an_hour(
    client: Client, provider: FakeProvider, northside: SingleSignOn
) -> None:
    provider.say("bob-1", BOB)
    with time_machine.travel(0, tick=False) as clock:
        clock.move_to("2026-03-02T10:00:00+00:00")
        state = go(client, provider)
        clock.shift(timedelta(minutes=15, seconds=1))
        assert refused(come_back(client, state))


def test_a_way_back_is_that_practice_s_and_that_provider_s(
    client: Client, cast: Cast, provider: FakeProvider, northside: SingleSignOn
) -> None:
    set_on(cast.lakeview, provider.issuer)
    provider.say("bob-1", BOB)
    state = go(client, provider)
    assert refused(client.get("/sso/lakeview/back/", {"state": state, "code": "c"}))
    for changed in ({"issuer": "https://other.example"}, {"client_id": "other"}):
        state = go(client, provider)
        SingleSignOn.objects.filter(practice=cast.northside).update(**changed)
        assert refused(come_back(client, state))
        SingleSignOn.objects.filter(practice=cast.northside).update(
            issuer=provider.issuer, client_id=northside.client_id
        )
    state = go(client, provider)
    assert refused(come_back(client, state, iss="https://evil.example"))
    state = go(client, provider)
    assert come_back(client, state, iss=provider.issuer).status_code == 302


def test_another_sign_in_s_statement_opens_nothing(
    client: Client, provider: FakeProvider, northside: SingleSignOn
) -> None:
    provider.say("bob-1", BOB)
    state = go(client, provider)
    provider.nonce = "of another sign-in"
    assert refused(come_back(client, state), 502)
    assert not signed_in(client)
    assert not SignOnLink.objects.exists()


def test_whoever_is_signed_in_already_stays_who_they_are(
    client: Client, cast: Cast, provider: FakeProvider, northside: SingleSignOn
) -> None:
    provider.say("bob-1", BOB)
    state = go(client, provider)
    by_password(client, "sam@sam-stone.example")
    for answer in (client.get(HERE), client.post(HERE), come_back(client, state)):
        assert answer.headers["Location"] == "/home/"
    assert client.session["_auth_user_id"] == str(cast.sam.pk)


# --- A provider that is away, or talks nonsense ---------------------------------------


@pytest.mark.parametrize("place", ["openid-configuration", "token", "keys"])
@pytest.mark.parametrize(
    "answered",
    [Said(status=500), Said(b"<html>nonsense"), Said(b"[" * 100_000)],
    ids=["fault", "page", "deep"],
)
def test_a_provider_s_fault_is_a_page_of_ours(
    place: str,
    answered: Said,
    client: Client,
    provider: FakeProvider,
    northside: SingleSignOn,
) -> None:
    provider.say("bob-1", BOB)
    if place == "openid-configuration":
        provider.broken[place] = answered
        answer = client.post(HERE)
    else:
        state = go(client, provider)
        provider.broken[place] = answered
        answer = come_back(client, state)
    assert refused(answer, 502)
    assert "Try again later, or sign in with your password." in said(answer)


def test_a_provider_that_is_gone_is_a_page_of_ours(
    client: Client, northside: SingleSignOn
) -> None:
    SingleSignOn.objects.update(issuer="http://127.0.0.1:9")
    assert refused(client.post(HERE), 502)


def test_a_provider_of_our_own_network_is_not_asked(
    client: Client, northside: SingleSignOn, settings: Settings
) -> None:
    settings.OUTGOING_LOCALHOST = False
    assert refused(client.post(HERE), 502)


def test_a_secret_under_a_key_that_is_gone_is_a_page_of_ours(
    client: Client, northside: SingleSignOn
) -> None:
    SingleSignOn.objects.update(sealed_secret="unreadable")
    assert refused(client.post(HERE), 502)


def test_a_provider_that_failed_is_left_alone_for_a_moment(
    client: Client, provider: FakeProvider, northside: SingleSignOn
) -> None:
    provider.broken["openid-configuration"] = Said(status=500)
    assert [refused(client.post(HERE), 502) for _ in range(3)] == [True] * 3
    assert len(provider.asked) == 1
    provider.broken.clear()
    cache.clear()
    go(client, provider)


def test_a_slow_provider_keeps_few_requests_waiting(
    client: Client, cast: Cast, provider: FakeProvider, northside: SingleSignOn
) -> None:
    """Everybody else's pages need the other threads of the web."""
    provider.say("bob-1", BOB)
    on_the_way, late = Client(), Client()
    states = [go(each, provider) for each in (on_the_way, late)]
    del provider.asked[:]
    with ExitStack() as waiting:
        for _ in range(3):
            waiting.enter_context(in_turn(cast.northside))
        assert refused(client.post(HERE), 502)
        assert refused(come_back(on_the_way, states[0]), 502)
        with in_turn(cast.lakeview):
            assert provider.asked == []
    # Afterwards there is room again: nobody was away.
    go(client, provider)
    provider.nonce = late.session["sign_on"]["nonce"]
    assert come_back(late, states[1]).status_code == 302


def test_nobody_has_us_knock_at_a_provider_all_day(
    client: Client, provider: FakeProvider, northside: SingleSignOn
) -> None:
    heard = [client.post(HERE).status_code for _ in range(22)]
    assert heard == [200] * 20 + [429] * 2
    assert len(provider.asked) == 20


def test_a_switched_off_account_does_not_come_in_between_two_steps(
    client: Client, cast: Cast, provider: FakeProvider, northside: SingleSignOn
) -> None:
    an_app_of(cast.alice)
    provider.say("alice-1", ALICE)
    come_back(client, go(client, provider))
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)
    step(client, code_of())
    assert not signed_in(client)


def test_neither_code_nor_secret_nor_statement_is_logged(
    client: Client, provider: FakeProvider, northside: SingleSignOn
) -> None:
    with listening("DEBUG") as log:
        provider.say("bob-1", BOB)
        state = go(client, provider)
        assert come_back(client, state).status_code == 302
        refused(come_back(Client(), state, code="a-code-of-another"))
    words = log.text
    assert BACK in words
    signed = str(provider.signed())
    for secret in (state, provider.nonce, CODE, "a-code-of", SECRET, signed[:40]):
        assert secret not in words
