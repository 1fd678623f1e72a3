"""What a provider is asked, and how it describes itself."""

from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import unquote_plus

import pytest

from accounts.openid import (
    Person,
    Provider,
    ProviderFault,
    who_is_it,
)
from tests.sign_on.coming import US, asked, came_back
from tests.sign_on.provider import (
    BOB,
    CLIENT,
    SECRET,
    FakeProvider,
    sent_with,
)
from tests.sign_on.servers import Said


@pytest.fixture(autouse=True)
def bob(provider: FakeProvider) -> None:
    """The provider knows Bob."""
    provider.say("bob-1", BOB)


def test_bob_is_who_his_provider_says(provider: FakeProvider) -> None:
    known, question = asked(provider)
    sent = sent_with(question.url)
    assert question.url.startswith(f"{provider.issuer}/authorize?")
    assert sent["response_type"] == "code"
    assert sent["client_id"] == CLIENT
    assert sent["redirect_uri"] == US.back_url
    assert set(sent["scope"].split()) == {"openid", "email"}
    assert sent["code_challenge_method"] == "S256"
    digest = sha256(question.verifier.encode()).digest()
    assert sent["code_challenge"] == urlsafe_b64encode(digest).rstrip(b"=").decode()

    person = who_is_it(
        known, US, code="c0de", verifier=question.verifier, nonce=question.nonce
    )

    assert person == Person("bob-1", BOB, email_verified=True)
    form = provider.redeemed().form
    assert form == {
        "grant_type": "authorization_code",
        "code": "c0de",
        "redirect_uri": US.back_url,
        "code_verifier": question.verifier,
    }
    kind, _, pair = provider.redeemed().headers["Authorization"].partition(" ")
    name, _, secret = b64decode(pair).decode().partition(":")
    assert (kind, unquote_plus(name), unquote_plus(secret)) == ("Basic", CLIENT, SECRET)


def test_a_secret_goes_into_the_form_where_the_provider_takes_it_there(
    provider: FakeProvider,
) -> None:
    methods = ["client_secret_basic", "client_secret_post"]
    provider.description["token_endpoint_auth_methods_supported"] = methods
    assert came_back(provider).subject == "bob-1"
    assert provider.redeemed().form["client_secret"] == SECRET
    assert "Authorization" not in provider.redeemed().headers


def test_every_sign_in_has_words_of_its_own(provider: FakeProvider) -> None:
    first, second = (asked(provider)[1] for _ in range(2))
    for name in ("state", "nonce", "verifier"):
        words = {getattr(each, name) for each in (first, second)}
        assert len(words) == 2
        assert min(map(len, words)) >= 43


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ({"issuer": "https://evil.example"}, "doesn't call itself"),
        ({"issuer": None}, "doesn't call itself"),
        ({"issuer": ["x"]}, "doesn't call itself"),
        ({"token_endpoint": None}, "names no token_endpoint"),
        ({"jwks_uri": 7}, "names no jwks_uri"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "authorization_endpoint"),
        ({"token_endpoint": "http://evil.example/token"}, "token_endpoint"),
        ({"jwks_uri": "file:///etc/passwd"}, "jwks_uri"),
        ({"userinfo_endpoint": "//evil"}, "userinfo_endpoint"),
    ],
)
def test_a_description_that_can_t_be_used_is_said_by_its_part(
    described: dict[str, Any], said: str, provider: FakeProvider
) -> None:
    provider.description |= described
    with pytest.raises(ProviderFault, match=said):
        Provider.of(provider.issuer)


def test_an_issuer_with_a_slash_at_its_end_is_another_one(
    provider: FakeProvider,
) -> None:
    with pytest.raises(ProviderFault, match="doesn't call itself"):
        Provider.of(f"{provider.issuer}/")


@pytest.mark.parametrize("place", ["openid-configuration", "token", "keys"])
@pytest.mark.parametrize(
    "said",
    [Said(status=500), Said(b"<html>"), Said(b"[]"), Said(status=302)],
    ids=["fault", "page", "list", "elsewhere"],
)
def test_a_provider_that_answers_nonsense_is_a_fault_of_its_own(
    place: str, said: Said, provider: FakeProvider
) -> None:
    provider.broken[place] = said
    with pytest.raises(ProviderFault):
        came_back(provider)


def test_an_address_that_the_statement_lacks_is_asked_for(
    provider: FakeProvider,
) -> None:
    provider.claims |= {"email": None, "email_verified": None}
    provider.userinfo = {"sub": "bob-1", "email": BOB, "email_verified": True}
    assert came_back(provider) == Person("bob-1", BOB, email_verified=True)
    assert provider.asked[-1].headers["Authorization"] == "Bearer at"


def test_the_address_of_another_person_is_not_taken(provider: FakeProvider) -> None:
    provider.claims["email"] = None
    provider.userinfo = {"sub": "alice-1", "email": BOB, "email_verified": True}
    with pytest.raises(ProviderFault, match="two different people"):
        came_back(provider)


def test_a_statement_s_own_word_is_not_mended_elsewhere(provider: FakeProvider) -> None:
    provider.claims["email_verified"] = False
    provider.userinfo = {"sub": "bob-1", "email": BOB, "email_verified": True}
    assert not came_back(provider).email_verified
