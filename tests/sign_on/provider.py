"""A provider of the tests' own, which can be made to lie in every way."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.sign_on.servers import Asked, Said, serving

CLIENT, SECRET = "northside-client", "a secret: of Northside & its provider"
ALICE, BOB = "alice@alice-adams.example", "bob@bob-baker.example"


@cache
def a_key(name: str) -> rsa.RSAPrivateKey:
    """Give the key of a name, the same one all along."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public(name: str) -> dict[str, Any]:
    """Describe a key as providers publish it."""
    described: dict[str, Any] = RSAAlgorithm.to_jwk(
        a_key(name).public_key(), as_dict=True
    )
    return described | {"kid": name, "use": "sig", "alg": "RS256"}


@dataclass
class FakeProvider:
    """What it says; a test puts something else into any of it."""

    issuer: str
    claims: dict[str, Any] = field(default_factory=dict)
    description: dict[str, Any] = field(default_factory=dict)
    keys: list[object] = field(default_factory=lambda: [public("usual")])
    userinfo: dict[str, Any] = field(default_factory=dict)
    token: object = None
    broken: dict[str, Said] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    nonce: str = ""

    def say(self, subject: str, email: str, **more: object) -> None:
        """Say who somebody is."""
        self.claims |= {"sub": subject, "email": email, "email_verified": True, **more}

    def statement(self) -> dict[str, Any]:
        """Give what it signs."""
        now = int(time.time())
        usual = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
        }
        said = usual | self.claims
        return {name: value for name, value in said.items() if value is not None}

    def signed(self) -> object:
        """Sign it, where the test has nothing to send instead."""
        if self.token is not None:
            return self.token
        key = a_key("usual")
        return jwt.encode(self.statement(), key, "RS256", headers={"kid": "usual"})

    def answer(self, asked: Asked) -> Said:
        """Answer a request."""
        self.asked.append(asked)
        place = urlsplit(asked.path).path.rpartition("/")[2]
        if place in self.broken:
            return self.broken[place]
        answers: dict[str, Any] = {
            "openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                **self.description,
            },
            "token": {
                "access_token": "at",
                "token_type": "Bearer",
                "id_token": self.signed() if place == "token" else "",
            },
            "keys": {"keys": self.keys},
            "userinfo": self.userinfo,
        }
        return Said(json.dumps(answers[place]).encode())

    def redeemed(self) -> Asked:
        """Give the request that brought the code."""
        (found,) = [each for each in self.asked if each.path == "/token"]
        return found


@contextmanager
def a_provider() -> Iterator[FakeProvider]:
    """Run a provider on this machine."""
    held: list[FakeProvider] = []
    with serving(lambda asked: held[0].answer(asked)) as port:
        held.append(FakeProvider(f"http://127.0.0.1:{port}"))
        yield held[0]


def sent_with(url: str) -> dict[str, str]:
    """Read what somebody was sent to a provider with."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
