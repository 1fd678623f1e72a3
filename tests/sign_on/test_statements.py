"""A statement is believed where the provider signed it, for us and this sign-in."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from accounts.openid import (
    ProviderFault,
    who_is_it,
)
from tests.sign_on.coming import US, asked, came_back
from tests.sign_on.provider import (
    BOB,
    CLIENT,
    SECRET,
    FakeProvider,
    a_key,
    public,
)


@pytest.fixture(autouse=True)
def bob(provider: FakeProvider) -> None:
    """The provider knows Bob."""
    provider.say("bob-1", BOB)


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"iss": "https://evil.example"}, "issuer"),
        ({"iss": None}, "iss"),
        ({"aud": "another-client"}, "[Aa]udience"),
        ({"aud": None}, "aud"),
        ({"aud": [CLIENT, "another"]}, "another program"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "another program"),
        ({"azp": "another"}, "another program"),
        ({"exp": -120}, "expired"),
        ({"exp": None}, "exp"),
        ({"exp": "soon"}, "exp"),
        ({"iat": 600}, "not yet valid"),
        ({"nbf": 600}, "not yet valid"),
        ({"nonce": "another"}, "another sign-in"),
        ({"nonce": None}, "nonce"),
        ({"nonce": ["x"]}, "another sign-in"),
        ({"sub": None}, "sub"),
        ({"sub": 7}, "[Ss]ubject"),
        ({"sub": ""}, "name for this person"),
        ({"sub": "x" * 256}, "name for this person"),
        ({"sub": "bob\u0000"}, "name for this person"),
        ({"email": ["bob@bob-baker.example"]}, "address it names"),
        ({"email": "x" * 300}, "address it names"),
        ({"email": "bob@bob-baker.example\r\nx"}, "address it names"),
    ],
)
def test_a_statement_for_somebody_else_or_another_time_is_not_believed(
    claims: dict[str, Any], said: str, provider: FakeProvider
) -> None:
    # Seconds from now: the list is made long before the test runs.
    at = {name: claims[name] for name in ("exp", "iat", "nbf") if name in claims}
    far = {name: time.time() + it for name, it in at.items() if isinstance(it, int)}
    provider.claims |= claims | {name: int(it) for name, it in far.items()}
    with pytest.raises(ProviderFault, match=said):
        came_back(provider)


def test_several_programs_are_fine_where_it_was_asked_for_by_us(
    provider: FakeProvider,
) -> None:
    provider.claims |= {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert came_back(provider).subject == "bob-1"


@pytest.mark.parametrize("value", ["true", 1, None, "yes", False])
def test_an_address_is_verified_where_the_provider_says_just_that(
    value: object, provider: FakeProvider
) -> None:
    provider.claims["email_verified"] = value
    assert not came_back(provider).email_verified


Forging = Callable[[dict[str, Any]], object]


def _with_public_key(claims: dict[str, Any]) -> str:
    """Sign with what everybody knows, as if it were a secret of both."""
    pem = (
        a_key("usual")
        .public_key()
        .public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    kid = {"kid": "usual"}
    words = [
        urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=").decode()
        for each in ({"alg": "HS256", "typ": "JWT", **kid}, claims)
    ]
    algorithm = jwt.get_algorithm_by_name("HS256")
    signature = algorithm.sign(".".join(words).encode(), pem)
    return ".".join([*words, urlsafe_b64encode(signature).rstrip(b"=").decode()])


def _cut(claims: dict[str, Any]) -> str:
    whole = jwt.encode(claims, a_key("usual"), "RS256", headers={"kid": "usual"})
    return whole.rpartition(".")[0] + "."


def _changed(claims: dict[str, Any]) -> str:
    signed = jwt.encode(claims, a_key("usual"), "RS256", headers={"kid": "usual"})
    head, _, signature = signed.split(".")
    other = json.dumps(claims | {"sub": "alice-1"}).encode()
    return f"{head}.{urlsafe_b64encode(other).rstrip(b'=').decode()}.{signature}"


FORGED: dict[str, Forging] = {
    "by another key": lambda claims: jwt.encode(
        claims, a_key("another"), "RS256", headers={"kid": "usual"}
    ),
    "by a key it does not name": lambda claims: jwt.encode(
        claims, a_key("another"), "RS256", headers={"kid": "another"}
    ),
    "not at all": lambda claims: jwt.encode(
        claims, "", "none", headers={"kid": "usual"}
    ),
    "with the public key": _with_public_key,
    "with our secret": lambda claims: jwt.encode(
        claims, SECRET.ljust(32, "x"), "HS256", headers={"kid": "usual"}
    ),
    "cut off": _cut,
    "changed afterwards": _changed,
    "no statement": lambda claims: "no.such.thing",
    "of two parts": lambda claims: "a.b",
    "a number": lambda claims: 7,
    "empty": lambda claims: "",
    "with a key of its own": lambda claims: jwt.encode(
        claims,
        a_key("another"),
        "RS256",
        headers={"kid": "x", "jwk": public("another"), "jku": "https://evil.example"},
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_statement_that_is_not_the_provider_s_is_not_believed(
    name: str, provider: FakeProvider
) -> None:
    known, question = asked(provider)
    provider.token = FORGED[name](provider.statement())
    with pytest.raises(ProviderFault):
        who_is_it(known, US, code="c", verifier=question.verifier, nonce=question.nonce)


def test_the_same_statement_with_its_own_key_is_believed(
    provider: FakeProvider,
) -> None:
    known, question = asked(provider)
    headers = {"kid": "usual"}
    provider.token = jwt.encode(
        provider.statement(), a_key("usual"), "PS256", headers=headers
    )
    person = who_is_it(
        known, US, code="c", verifier=question.verifier, nonce=question.nonce
    )
    assert person.subject == "bob-1"


def _kinds() -> dict[str, tuple[Any, dict[str, Any]]]:
    curve, edwards = (
        ec.generate_private_key(ec.SECP256R1()),
        (ed25519.Ed25519PrivateKey.generate()),
    )
    return {
        "ES256": (curve, ECAlgorithm.to_jwk(curve.public_key(), as_dict=True)),
        "EdDSA": (edwards, OKPAlgorithm.to_jwk(edwards.public_key(), as_dict=True)),
    }


@pytest.mark.parametrize("name", ["ES256", "EdDSA"])
def test_other_kinds_of_keys_do_as_well(name: str, provider: FakeProvider) -> None:
    key, described = _kinds()[name]
    known, question = asked(provider)
    # One key alone needs no name.
    provider.keys = [described]
    provider.token = jwt.encode(provider.statement(), key, name)
    person = who_is_it(
        known, US, code="c", verifier=question.verifier, nonce=question.nonce
    )
    assert person.subject == "bob-1"


def _private(name: str) -> dict[str, Any]:
    described: dict[str, Any] = RSAAlgorithm.to_jwk(a_key(name), as_dict=True)
    return described | {"kid": name, "use": "sig", "key_ops": ["verify"]}


def _endless() -> dict[str, Any]:
    """A key whose factors would be looked for, which takes hours at this length."""
    number = urlsafe_b64encode(b"\xc1" * 8000).decode().rstrip("=")
    return {"kid": "usual", "kty": "RSA", "n": number, "e": "AQAB", "d": number}


def _weak() -> dict[str, Any]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505
    described: dict[str, Any] = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return described | {"kid": "usual"}


@pytest.mark.parametrize(
    "keys",
    [
        [],
        ["usual"],
        [None],
        [{"kid": "usual"}],
        [{"kid": "usual", "kty": "RSA"}],
        [{"kid": "usual", "kty": "RSA", "n": "!", "e": "AQAB"}],
        [{"kid": "usual", "kty": "RSA", "n": "AQAB", "e": 7}],
        [{"kid": "usual", "kty": "EC", "crv": "P-1", "x": "AA", "y": "AA"}],
        [{"kid": "usual", "kty": "oct", "k": "c2VjcmV0"}],
        [public("usual") | {"use": "enc"}],
        [_weak()],
        [_private("usual")],
        [_endless()],
    ],
)
def test_keys_that_are_nonsense_open_nothing(
    keys: list[object], provider: FakeProvider
) -> None:
    provider.keys = keys
    with pytest.raises(ProviderFault):
        came_back(provider)
