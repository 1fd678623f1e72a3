"""Signing in through a practice's provider, as the pages do it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import SingleSignOn, WebSession
from core.models import AuditEntry
from tests.accounts.reading import headers, said
from tests.cast import Cast
from tests.sign_on.browsing import BACK, HERE, come_back, go
from tests.sign_on.provider import ALICE, BOB, FakeProvider
from tests.signing import an_app_of, signed_in, step
from tests.totp import code_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def client() -> Client:
    """A browser."""
    return Client()


@pytest.fixture
def northside(sign_on: SingleSignOn) -> SingleSignOn:
    """Northside's single sign-on."""
    return sign_on


def test_bob_signs_in(
    client: Client, cast: Cast, provider: FakeProvider, northside: SingleSignOn
) -> None:
    provider.say("bob-1", BOB)
    page = client.get(HERE)
    assert "Sign in through Northside" in said(page)
    state = go(client, provider)
    before = client.session.session_key

    answer = come_back(client, state)

    assert answer.headers["Location"] == "/home/"
    assert client.get("/me/").context["user"] == cast.user("bob")
    assert client.session.session_key != before
    assert not WebSession.objects.filter(session_key=before).exists()
    assert provider.redeemed().form["redirect_uri"] == f"http://localhost:8000{BACK}"
    assert "sign_on" not in client.session


def test_the_page_leads_on_without_opening_its_policy(
    client: Client, provider: FakeProvider, northside: SingleSignOn
) -> None:
    answer = client.post(HERE)
    assert "form-action 'self';" in f"{answer.headers['Content-Security-Policy']};"
    url = answer.headers["Refresh"].removeprefix("0; url=")
    assert f'href="{url.replace("&", "&amp;")}"' in said(answer)


def test_an_administrator_passes_their_second_step(
    client: Client, cast: Cast, provider: FakeProvider, northside: SingleSignOn
) -> None:
    an_app_of(cast.alice)
    provider.say("alice-1", ALICE)

    answer = come_back(client, go(client, provider))

    assert answer.headers["Location"] == "/accounts/login/step/"
    assert not signed_in(client)
    assert step(client, code_of()) == 302
    assert client.get("/p/northside/").status_code == 200


def test_an_administrator_without_one_sets_it_up_before_any_data(
    client: Client, provider: FakeProvider, northside: SingleSignOn
) -> None:
    provider.say("alice-1", ALICE)
    come_back(client, go(client, provider))
    answer = client.get("/p/northside/")
    assert answer.headers["Location"].startswith("/accounts/security/?next=")


def test_what_needs_a_fresh_sign_in_takes_a_password_of_ours(
    client: Client, provider: FakeProvider, northside: SingleSignOn
) -> None:
    """The provider speaks for the practice: who owns the account says so here."""
    provider.say("bob-1", BOB)
    come_back(client, go(client, provider))
    answer = client.get("/accounts/security/app/")
    assert answer.headers["Location"].startswith("/accounts/confirm/")


def test_a_provider_s_word_makes_no_browser_known(
    client: Client, cast: Cast, provider: FakeProvider, northside: SingleSignOn
) -> None:
    """Else whoever runs it had tries at Bob's password, some for each new browser."""
    provider.say("bob-1", BOB)
    come_back(client, go(client, provider))
    assert signed_in(client)
    assert settings.KNOWN_BROWSER_COOKIE_NAME not in client.cookies
    an_app_of(cast.alice)
    provider.say("alice-1", ALICE)
    other = Client()
    come_back(other, go(other, provider))
    assert step(other, code_of()) == 302
    assert signed_in(other)
    assert settings.KNOWN_BROWSER_COOKIE_NAME not in other.cookies


def test_bob_is_back_where_he_wanted_to_be_and_nowhere_else(
    cast: Cast, provider: FakeProvider, northside: SingleSignOn
) -> None:
    provider.say("bob-1", BOB)
    for wanted, led in (
        ("/me/transcript/", "/me/transcript/"),
        ("https://evil.example/", "/home/"),
        ("//evil.example", "/home/"),
    ):
        client = Client()
        page = client.get(HERE, {"next": wanted})
        assert (f'value="{wanted}"' in said(page)) is (led == wanted)
        state = go(client, provider, next=wanted)
        assert come_back(client, state).headers["Location"] == led


# --- Nobody tells practices apart -----------------------------------------------------


def test_unknown_not_set_and_off_are_answered_alike(
    client: Client, cast: Cast, provider: FakeProvider, northside: SingleSignOn
) -> None:
    SingleSignOn.objects.update(is_on=False)
    asked: list[Callable[[str], Answer]] = [
        lambda place: client.get(f"/sso/{place}/"),
        lambda place: client.post(f"/sso/{place}/"),
        lambda place: client.get(f"/sso/{place}/back/", {"state": "x", "code": "y"}),
    ]
    for ask in asked:
        answers = [ask(place) for place in ("nowhere", "lakeview", "northside")]
        assert {each.status_code for each in answers} == {404}
        bodies = {each.content.replace(_id(each), b"") for each in answers}
        assert len(bodies) == 1
        assert headers(answers[0]) == headers(answers[1]) == headers(answers[2])


def _id(answer: "Answer") -> bytes:
    return answer.headers["X-Request-ID"].encode()


def test_all_who_are_refused_hear_the_same(
    cast: Cast, provider: FakeProvider, northside: SingleSignOn
) -> None:
    heard = set()
    for subject, email in (
        ("1", "nobody@bob-baker.example"),
        ("2", "charlie@charlie-chen.example"),
        ("3", "erin@erin-ellis.example"),
        ("4", "sam@sam-stone.example"),
        ("5", "who@else.example"),
    ):
        provider.say(subject, email)
        client = Client()
        answer = come_back(client, go(client, provider))
        assert answer.status_code == 403
        assert not signed_in(client)
        heard.add(answer.content.replace(_id(answer), b""))
    assert len(heard) == 1
    assert "You can&#x27;t come in this way." in heard.pop().decode()
    assert AuditEntry.objects.filter(action="denied").count() == 5
