"""How tests speak with the API, and what they read out of a problem."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from accounts.access import TOKEN_SCOPES
from accounts.models import Practice, User
from accounts.services.tokens import create_token
from core.actor import Actor
from core.public_ids import spell
from tests.api.contract import Answer, keeps_its_word

PROBLEM = "application/problem+json"


def secret_of(
    practice: Practice, creator: User, scopes: Sequence[str] = TOKEN_SCOPES
) -> str:
    """Make a token and give its secret."""
    now = timezone.now()
    made = create_token(
        actor=Actor("Tester", user_id=creator.pk),
        user=creator,
        practice=practice,
        name="Payroll",
        scopes=scopes,
        expires_at=now + timedelta(days=30),
        now=now,
    )
    return made.secret


@dataclass(frozen=True)
class Api:
    """A client of one practice with a token."""

    practice: str
    secret: str

    def path(self, tail: str) -> str:
        """The full path of a resource of the practice."""
        return f"/api/v1/practices/{self.practice}/{tail}"

    @property
    def headers(self) -> dict[str, str]:
        """The header that carries the token."""
        return {"Authorization": f"Bearer {self.secret}"}

    def get(self, tail: str, **query: str | int) -> Answer:
        """Read a resource; the answer must be as described."""
        response = Client().get(self.path(tail), query, headers=self.headers)
        keeps_its_word(response, "GET", self.path(tail))
        return response

    def post(
        self, tail: str, body: object, *, key: str | None = None, raw: bytes = b""
    ) -> Answer:
        """Send a body, with a new Idempotency-Key unless one is given."""
        response = Client().post(
            self.path(tail),
            raw or json.dumps(body),
            content_type="application/json",
            headers=self.headers | {"Idempotency-Key": key or uuid4().hex},
        )
        keeps_its_word(response, "POST", self.path(tail))
        return response


def mem(row_id: UUID) -> str:
    """Spell a member's id."""
    return spell("mem", row_id)


def problem(response: Answer, status: int, slug: str) -> Mapping[str, Any]:
    """Check that an answer is this problem, and give its members."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == PROBLEM
    body: dict[str, Any] = json.loads(response.content)
    assert body["type"] == f"/problems/{slug}"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def places(body: Mapping[str, Any]) -> list[str]:
    """List where the errors of a problem stand: pointers and parameters."""
    return [error.get("pointer", error.get("parameter")) for error in body["errors"]]


def without_request_id(response: Answer) -> tuple[int, str, dict[str, str]]:
    """Give what two answers are compared by: all of it but what names the request."""
    body = json.loads(response.content)
    body.pop("request_id")
    body.pop("instance")
    headers = {
        name: value
        for name, value in response.items()
        if name
        not in {"X-Request-ID", "X-Correlation-ID", "RateLimit", "Content-Length"}
    }
    return response.status_code, json.dumps(body), headers
