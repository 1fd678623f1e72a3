"""A program that knows no Django walks the journey over real HTTP.

It signs nobody in but with what a browser sends, and reads nothing but what comes.
"""

import json
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from accounts.rest import CallerLimit
from ce_credits.models import Activity, Proof
from tests.api.asking import FORM, form, mem, secret_of
from tests.api.reporting import for_bob
from tests.cast import BODY, PASSWORD, Cast, full_cast
from tests.files.samples import pdf
from tests.signing import an_app_of
from tests.totp import code_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shelf"),
]
JSON = "application/json"


@dataclass(frozen=True)
class Got:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        """The body as JSON."""
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Http:
    """A program with a cookie jar of its own."""

    base: str
    secret: str = ""
    # As browsers do from localhost, it keeps secure cookies over plain http.
    jar: CookieJar = field(
        default_factory=lambda: CookieJar(
            DefaultCookiePolicy(secure_protocols=("https", "http"))
        )
    )

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        media: str = JSON,
        **headers: str,
    ) -> Got:
        """Send one request."""
        opener = build_opener(HTTPCookieProcessor(self.jar))
        request = Request(self.base + path, body, method=method)  # noqa: S310
        if body is not None:
            request.add_header("Content-Type", media)
        if self.secret:
            request.add_header("Authorization", f"Bearer {self.secret}")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with opener.open(request, timeout=30) as answer:
                return Got(answer.status, answer.headers, answer.read())
        except HTTPError as refused:
            return Got(refused.code, refused.headers, refused.read())

    def send(self, path: str, body: Mapping[str, Any], **headers: str) -> Got:
        """Post JSON."""
        return self.ask("POST", path, json.dumps(body).encode(), **headers)

    def fill_in(self, path: str, **values: str) -> Got:
        """Open a page with a form and send the form, as a browser does."""
        page = self.ask("GET", path).body.decode()
        hidden = dict(
            re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
        )
        sent = urlencode({**hidden, **values}).encode()
        return self.ask(
            "POST", path, sent, "application/x-www-form-urlencoded", Referer=self.base
        )

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies it was given."""
        return {cookie.name: cookie.value or "" for cookie in self.jar}


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Everybody, in rows that the server's threads see."""
    return full_cast()


@pytest.fixture
def program(live_server: LiveServer, cast: Cast) -> Http:
    """Northside's program."""
    return Http(live_server.url, secret_of(cast.northside, cast.alice))


HERE = "/api/v1/practices/northside"


def test_a_token_is_made_on_the_page_and_shown_once(
    live_server: LiveServer, cast: Cast
) -> None:
    alice = Http(live_server.url)
    an_app_of(cast.alice)
    alice.fill_in("/accounts/login/", login=cast.alice.email, password=PASSWORD)
    alice.fill_in("/accounts/login/step/", code=code_of())
    page = "/p/northside/settings/api/"
    made = alice.fill_in(page, name="Payroll", scopes="ce:read", expires="90")
    (secret,) = set(re.findall(r"cep_live_[\w-]{20,}", made.body.decode()))
    assert secret not in alice.ask("GET", page).body.decode()
    program = Http(live_server.url, secret)
    assert program.ask("GET", f"{HERE}/ce-activities").status == 200
    refused = program.send(f"{HERE}/ce-activities", for_bob(cast))
    assert (refused.status, refused.said["type"]) == (403, "/problems/forbidden")
    assert Http(live_server.url).ask("GET", f"{HERE}/ce-activities").status == 401


def test_an_activity_is_reported_with_proof_and_counts(
    program: Http, cast: Cast
) -> None:
    begun = program.send(f"{HERE}/ce-activities", for_bob(cast))
    assert begun.status == 201
    here = f"{HERE}/ce-activities/{begun.said['id']}"
    body = form(("file", "certificate.pdf", pdf()))
    proof = program.ask("POST", f"{here}/proofs", body, FORM)
    assert (proof.status, proof.said["name"]) == (201, "certificate.pdf")
    file = program.ask("GET", f"{here}/proofs/{proof.said['id']}")
    assert (file.status, file.body) == (200, pdf())
    done = program.ask("POST", f"{here}/submit")
    assert (done.status, done.said["credit"]["amount"]) == (200, "1.0")
    assert done.said["credit"]["explanation"].startswith("45 min -> 1.0 CME")
    terms = program.ask("GET", f"{HERE}/members/{mem(cast.bob.pk)}/terms")
    (term,) = terms.said["results"]
    assert (term["have"], term["missing"]) == ("4.0", "0.0")


def test_the_same_request_twice_begins_one(program: Http, cast: Cast) -> None:
    where, key = f"{HERE}/ce-activities", uuid4().hex
    first = program.send(where, for_bob(cast), Idempotency_Key=key)
    again = program.send(where, for_bob(cast), Idempotency_Key=key)
    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert first.headers["Idempotent-Replayed"] is None
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Activity.objects.filter(state="draft").count() == 1
    other = program.send(where, for_bob(cast, minutes=46), Idempotency_Key=key)
    assert other.status == 422
    assert other.headers["Content-Type"] == "application/problem+json"
    assert other.said["type"] == "/problems/idempotency-key-reused"


def test_bad_minutes_are_pointed_at(program: Http, cast: Cast) -> None:
    for minutes in (0, -1, 59.999, "60", True):
        refused = program.send(f"{HERE}/ce-activities", for_bob(cast, minutes=minutes))
        assert refused.status == 422
        assert refused.said["type"] == "/problems/validation-error"
        assert [each["pointer"] for each in refused.said["errors"]] == ["/minutes"]
    assert not Activity.objects.filter(state="draft").exists()


def test_another_practice_s_token_finds_nothing(
    live_server: LiveServer, program: Http, cast: Cast
) -> None:
    mine = program.send(f"{HERE}/ce-activities", for_bob(cast)).said["id"]
    other = Http(live_server.url, secret_of(cast.lakeview, cast.frank))
    for path in (
        f"{HERE}/ce-activities",
        f"{HERE}/ce-activities/{mine}",
        f"/api/v1/practices/lakeview/ce-activities/{mine}",
        f"{HERE}/members/{mem(cast.bob.pk)}/terms",
        "/api/v1/practices/nowhere/ce-activities",
    ):
        refused = other.ask("GET", path)
        assert (refused.status, refused.said["detail"]) == (404, "Not found.")
    begun = other.send(f"{HERE}/ce-activities", for_bob(cast))
    assert begun.status == 404


def test_who_asks_too_often_is_told_when_to_come_back(
    program: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CallerLimit, "THROTTLE_RATES", {"token": "3/min"})
    answers = [program.ask("GET", f"{HERE}/catalogue") for _ in range(8)]
    limited = [each for each in answers if each.status == 429]
    # A minute may have ended meanwhile; nobody gets more than three in one.
    assert len(limited) >= 2
    for each in limited:
        assert each.said["type"] == "/problems/rate-limited"
        assert 1 <= int(each.headers["Retry-After"]) <= 60


def test_a_holder_s_browser_needs_its_key_to_change_anything(
    live_server: LiveServer, cast: Cast
) -> None:
    bob = Http(live_server.url)
    email = cast.user("bob").email
    bob.fill_in("/accounts/login/", login=email, password=PASSWORD)
    sent = {"program": BODY, "kind": "webinar", "title": "Coding (45 min)"}
    assert bob.send("/api/v1/me/ce-activities", sent).status == 403
    key = {"X_CSRFToken": bob.cookies[settings.CSRF_COOKIE_NAME]}
    begun = bob.send("/api/v1/me/ce-activities", sent, **key)
    assert begun.status == 201
    body = form(("file", "certificate.pdf", pdf()))
    here = f"/api/v1/me/ce-activities/{begun.said['id']}/proofs"
    assert bob.ask("POST", here, body, FORM).status == 403
    assert bob.ask("POST", here, body, FORM, **key).status == 201


@pytest.mark.parametrize(
    ("length", "status"),
    [(-60, 400), (60, 400), (12 * 2**20, 413), (10**12, 413), (None, 422)],
)
def test_a_length_that_lies_is_answered_at_once(
    program: Http, cast: Cast, length: int | None, status: int
) -> None:
    begun = program.send(f"{HERE}/ce-activities", for_bob(cast)).said["id"]
    body = form(("file", "certificate.pdf", pdf()))
    where = urlsplit(program.base)
    head = [
        f"POST {HERE}/ce-activities/{begun}/proofs HTTP/1.1",
        f"Host: {where.netloc}",
        f"Authorization: Bearer {program.secret}",
        f"Content-Type: {FORM}",
        "Connection: close",
    ]
    if length is not None:
        said = length if length > 10**6 else len(body) + length
        head.append(f"Content-Length: {said}")
    address = (str(where.hostname), int(where.port or 0))
    with socket.create_connection(address, timeout=30) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode() + body)
        line.shutdown(socket.SHUT_WR)
        answer = line.makefile("rb").read()
    assert answer.startswith(f"HTTP/1.1 {status} ".encode()), answer[:200]
    assert b"application/problem+json" in answer
    assert not Proof.objects.exists()
