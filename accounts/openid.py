"""What is said between us and a practice's provider (OpenID Connect Core 1.0).

The authorization code flow with PKCE. Nothing here knows accounts: it ends with whom
the provider says somebody is, after its signature was checked.
"""

from base64 import b64encode
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, Self
from urllib.parse import quote_plus, urlencode

import jwt
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from cryptography.exceptions import UnsupportedAlgorithm
from django.utils.crypto import constant_time_compare

from core.outgoing import NotFetched, fetch_data, usable

DISCOVERY = "/.well-known/openid-configuration"
# Signed with a key that the provider alone has: never with one that we know as well.
ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}
    | {"ES256", "ES384", "ES512", "EdDSA"}
)
# How far the provider's clock may be from ours, in seconds.
CLOCKS_DIFFER = 60
# What keys and statements that are nonsense, or of no kind we know, end in.
UNBELIEVABLE = (
    jwt.PyJWTError,
    UnsupportedAlgorithm,
    LookupError,
    TypeError,
    ValueError,
)
LONGEST_SUBJECT = 255
LONGEST_EMAIL = 254


class ProviderFault(Exception):  # noqa: N818  (an answer for whoever signs in)
    """The provider is away, or what it says can't be believed; the text says why."""


@dataclass(frozen=True)
class Provider:
    """What a provider says of itself: its name and its addresses."""

    issuer: str
    authorize_url: str
    token_url: str
    keys_url: str
    userinfo_url: str
    # Whether the client's secret goes into the form, not into a header.
    secret_in_form: bool

    @classmethod
    def of(cls, issuer: str) -> Self:
        """Ask a provider for its description.

        Raises:
            ProviderFault: it can't be asked, or describes somebody else.
        """
        try:
            found = fetch_data(f"{issuer.rstrip('/')}{DISCOVERY}")
        except NotFetched as fault:
            raise ProviderFault(str(fault)) from fault
        if found.get("issuer") != issuer:
            said = found.get("issuer")
            other = f", but {said}" if isinstance(said, str) and len(said) < 500 else ""
            raise ProviderFault(f"It doesn't call itself {issuer}{other}.")
        methods = found.get("token_endpoint_auth_methods_supported")
        return cls(
            issuer=issuer,
            authorize_url=_address(found, "authorization_endpoint"),
            token_url=_address(found, "token_endpoint"),
            keys_url=_address(found, "jwks_uri"),
            userinfo_url=_address(found, "userinfo_endpoint", needed=False),
            secret_in_form=isinstance(methods, list)
            and "client_secret_post" in methods,
        )


@dataclass(frozen=True)
class Client:
    """Us, as the provider knows us: one client for each practice."""

    client_id: str
    secret: str
    back_url: str


@dataclass(frozen=True)
class Question:
    """What we sent somebody to the provider with; their session keeps it."""

    state: str
    nonce: str
    verifier: str
    url: str


@dataclass(frozen=True)
class Person:
    """Whom the provider says it is, and which address it says is theirs."""

    subject: str
    email: str
    email_verified: bool


def ask(provider: Provider, client: Client) -> Question:
    """Make the address at which somebody shows the provider who they are."""
    pair = generate_code_challenge()
    state, nonce = token_urlsafe(32), token_urlsafe(32)
    said = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": client.back_url,
        "scope": "openid email",
        "state": state,
        "nonce": nonce,
        "code_challenge": pair["code_challenge"].decode(),
        "code_challenge_method": pair["code_challenge_method"],
    }
    joint = "&" if "?" in provider.authorize_url else "?"
    url = f"{provider.authorize_url}{joint}{urlencode(said)}"
    return Question(state, nonce, pair["code_verifier"], url)


def who_is_it(
    provider: Provider, client: Client, *, code: str, verifier: str, nonce: str
) -> Person:
    """Change a code for the name and address of whoever was sent back with it.

    Raises:
        ProviderFault: the provider is away, refuses the code, or what it signed isn't
            for us, not for this sign-in, over, or not signed by it.
    """
    try:
        answer = _redeem(provider, client, code, verifier)
        keys = fetch_data(provider.keys_url)
        claims = _read(answer.get("id_token"), keys, provider, client, nonce)
        if "email" not in claims and provider.userinfo_url:
            claims = claims | _more(provider, answer, claims)
    except NotFetched as fault:
        raise ProviderFault(str(fault)) from fault
    except UNBELIEVABLE as error:
        raise ProviderFault(f"What it signed can't be believed: {error}.") from error
    return _person(claims)


def _address(found: dict[str, Any], name: str, *, needed: bool = True) -> str:
    value = found.get(name, "")
    if not value and not needed:
        return ""
    try:
        if isinstance(value, str):
            usable(value)
            return value
    except NotFetched as fault:
        raise ProviderFault(f"Its {name} can't be used. {fault}") from fault
    raise ProviderFault(f"Its description names no {name}.")


def _redeem(
    provider: Provider, client: Client, code: str, verifier: str
) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.back_url,
        "code_verifier": verifier,
    }
    headers = {}
    if provider.secret_in_form:
        form |= {"client_id": client.client_id, "client_secret": client.secret}
    else:
        pair = f"{quote_plus(client.client_id)}:{quote_plus(client.secret)}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    return fetch_data(provider.token_url, form=form, headers=headers)


def _read(
    token: object, keys: dict[str, Any], provider: Provider, client: Client, nonce: str
) -> dict[str, Any]:
    """Check a signed statement: by whom, for whom, for which sign-in, and until when.

    A token's age is real time, also where a demonstration's day is moved.
    """
    if not isinstance(token, str):
        raise ProviderFault("It sent no id_token.")
    header = jwt.get_unverified_header(token)
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise ProviderFault("What it sent isn't signed with a key of its own.")
    claims: dict[str, Any] = jwt.decode(
        token,
        _key(keys, header, algorithm),
        algorithms=[algorithm],
        audience=client.client_id,
        issuer=provider.issuer,
        leeway=CLOCKS_DIFFER,
        options={
            "require": ["iss", "sub", "aud", "exp", "iat", "nonce"],
            "enforce_minimum_key_length": True,
        },
    )
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client.client_id) != client.client_id:
        raise ProviderFault("What it signed is for another program.")
    if not constant_time_compare(str(claims["nonce"]), nonce):
        raise ProviderFault("What it signed belongs to another sign-in.")
    return claims


def _key(keys: dict[str, Any], header: dict[str, Any], algorithm: str) -> jwt.PyJWK:
    """Find the key a statement says it is signed with; one alone needs no name.

    A private half ("d") is nothing to publish, and reading one can take hours: the
    factors of its number are looked for.
    """
    held = keys.get("keys")
    listed = [each for each in held if isinstance(each, dict)] if held else []
    usual = [
        each
        for each in listed
        if each.get("use", "sig") == "sig"
        and each.get("kty") in {"RSA", "EC", "OKP"}
        and "d" not in each
    ]
    name = header.get("kid")
    named = [each for each in usual if name is None or each.get("kid") == name]
    if not named or (name is None and len(named) > 1):
        raise ProviderFault("What it sent isn't signed with a key of its own.")
    return jwt.PyJWK(named[0], algorithm=algorithm)


def _more(
    provider: Provider, answer: dict[str, Any], claims: dict[str, Any]
) -> dict[str, Any]:
    """Ask for the address where the signed statement has none (OpenID Core 5.4)."""
    token = answer.get("access_token")
    if not isinstance(token, str) or not token.isascii() or not token.isprintable():
        return {}
    headers = {"Authorization": f"Bearer {token}"}
    found = fetch_data(provider.userinfo_url, headers=headers)
    if found.get("sub") != claims["sub"]:
        raise ProviderFault("It speaks of two different people.")
    return {name: found.get(name) for name in ("email", "email_verified")}


def _person(claims: dict[str, Any]) -> Person:
    subject, email = claims["sub"], claims.get("email") or ""
    if not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise ProviderFault("Its name for this person can't be used.")
    if not isinstance(email, str) or len(email) > LONGEST_EMAIL:
        raise ProviderFault("The address it names can't be used.")
    if not email.isprintable():
        raise ProviderFault("The address it names can't be used.")
    return Person(subject, email.strip(), claims.get("email_verified") is True)
