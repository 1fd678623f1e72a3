"""How tests speak with the API, and what they read out of a problem."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from accounts.models import Practice, User
from accounts.rules import TOKEN_SCOPES
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
class Caller:
    """Asks below one address; every answer must be as the API describes it."""

    base: str
    headers: dict[str, str]
    browser: Client | None = None

    @property
    def client(self) -> Client:
        """The browser, or a new program for each request."""
        return self.browser or Client()

    def path(self, tail: str) -> str:
        """The full path of a resource."""
        return f"{self.base}/{tail}"

    def get(self, tail: str, **query: str | int) -> Answer:
        """Read a resource."""
        response = self.client.get(self.path(tail), query, headers=self.headers)
        keeps_its_word(response, "GET", self.path(tail))
        return response

    def post(
        self, tail: str, body: object, *, key: str | None = None, raw: bytes = b""
    ) -> Answer:
        """Send a body, with a new Idempotency-Key unless one is given."""
        more = {"Idempotency-Key": key or uuid4().hex}
        return self.send("POST", tail, raw or json.dumps(body).encode(), **more)

    def patch(self, tail: str, body: object, **headers: str) -> Answer:
        """Send changes."""
        return self.send("PATCH", tail, json.dumps(body).encode(), **headers)

    def delete(self, tail: str) -> Answer:
        """Take something away."""
        return self.send("DELETE", tail, b"")

    def upload(
        self, tail: str, content: bytes, name: str = "proof.pdf", **headers: str
    ) -> Answer:
        """Send a file in the part `file`."""
        body = form(("file", name, content))
        return self.send("POST", tail, body, media=FORM, **headers)

    def send(
        self,
        method: str,
        tail: str,
        raw: bytes,
        media: str = "application/json",
        **headers: str,
    ) -> Answer:
        """Send bytes, with more headers, named as they are in Python."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response: Answer = self.client.generic(
            method,
            self.path(tail),
            raw,
            content_type=media,
            headers={**self.headers, **named},
        )
        keeps_its_word(response, method, self.path(tail))
        return response


class Api(Caller):
    """A client of one practice with a token."""

    def __init__(self, practice: str, secret: str) -> None:
        base = f"/api/v1/practices/{practice}"
        super().__init__(base, {"Authorization": f"Bearer {secret}"})

    @property
    def secret(self) -> str:
        """The token."""
        return self.headers["Authorization"].removeprefix("Bearer ")


BOUNDARY = "the-boundary-of-a-form"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def form(*parts: tuple[str, str | None, bytes]) -> bytes:
    """Write a form: each part's name, its file name where it is a file, its content."""
    body = b""
    for name, file, content in parts:
        head = f'form-data; name="{name}"'
        if file is not None:
            head += f'; filename="{file}"\r\nContent-Type: application/octet-stream'
        body += f"--{BOUNDARY}\r\nContent-Disposition: {head}\r\n\r\n".encode()
        body += content + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()


def tail_of(body: Mapping[str, Any], *more: str) -> str:
    """Name the activity that an answer is about, and what lies below it."""
    return "/".join(("ce-activities", body["id"], *more))


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
