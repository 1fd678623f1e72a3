"""Every answer carries the headers that keep a browser from doing harm."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from accounts.checks import routed
from tests.gate.asking import (
    LET_IN,
    STYLED,
    WHO,
    address,
    body_of,
    is_a_fault,
    nothing_kept,
    over_https,
    send,
    share,
)
from tests.gate.production import be_behind_https
from tests.matrix.table import ROWS
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
ROUTED = list(routed())
YEAR = 365 * 24 * 60 * 60
EXACTLY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Programs read it without a session, and ask whether theirs is the newest.
CALENDAR = "calendar"
REFERRERS = {"same-origin", "no-referrer", "strict-origin"}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


@pytest.fixture
def behind_https(settings: Settings, world: World, tmp_path: Path) -> World:
    be_behind_https(settings, tmp_path)
    return world


def faults(response: HttpResponse, *, signed_in: bool) -> Iterator[str]:
    """Say which header an answer lacks, and what its page does not keep to."""
    headers, page = response.headers, body_of(response)
    for name, value in EXACTLY.items():
        if headers.get(name) != value:
            yield f"{name} is {headers.get(name)}"
    if headers.get("Referrer-Policy") not in REFERRERS:
        yield f"Referrer-Policy is {headers.get('Referrer-Policy')}"
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        yield "no Permissions-Policy"
    if not headers.get("X-Request-ID"):
        yield "no X-Request-ID"
    yield from _of_https(headers.get("Strict-Transport-Security", ""))
    html = "text/html" in headers.get("Content-Type", "")
    yield from _of_policy(headers.get("Content-Security-Policy", ""), html=html)
    if signed_in:
        yield from _of_caches(headers.get("Cache-Control", ""))
    found = STYLED.search(page) if html else None
    if found:
        yield f"its page holds {found[0][:80]!r}"


def _of_caches(said: str) -> Iterator[str]:
    if "no-store" not in said and "public" not in said:
        yield f"a cache may keep it ({said})"


def _of_https(said: str) -> Iterator[str]:
    parts = [each.strip() for each in said.split(";")]
    age = parts[0].removeprefix("max-age=")
    if not age.isdigit() or int(age) < YEAR or "includeSubDomains" not in parts:
        yield f"Strict-Transport-Security is {said!r}"


def _of_policy(policy: str, *, html: bool) -> Iterator[str]:
    lines = {line.strip() for line in policy.split(";")}
    # What is no page runs nothing and is shown in nobody's frame.
    wanted = POLICY if html else {"default-src 'none'", "frame-ancestors 'none'"}
    if "sandbox" not in lines and not lines >= wanted:
        yield f"its policy lacks {sorted(wanted - lines)}"
    if "default-src 'none'" not in lines:
        yield "its policy lets in what it doesn't name"
    if "unsafe" in policy or "*" in policy or "http:" in policy:
        yield f"its policy is {policy!r}"


@pytest.mark.parametrize("who", WHO)
def test_every_route_carries_every_header(who: str, behind_https: World) -> None:
    client = over_https(behind_https, who)
    found = []
    some = share(ROUTED, WHO.index(who))
    for each in ROUTED:
        row = ROWS.get(each.name)
        if each not in some and (row is None or LET_IN[row.word] != who):
            continue
        for method in ("get", "post"):
            with nothing_kept():
                response = send(client, method, address(each, behind_https))
                signed_in = who != "signed out" and each.name != CALENDAR
                said = list(faults(response, signed_in=signed_in))
            if is_a_fault(each, response.status_code):
                said.append(f"answered {response.status_code}")
            found += [f"{method} {each.name}: {fault}" for fault in said]
            client = over_https(behind_https, who)
    assert not found, "\n".join(["", *found])


def broken(*args: object, **kwargs: object) -> None:
    """Stand for a fault of ours."""
    raise RuntimeError("a fault")


def too_many(client: Client) -> HttpResponse:
    """Sign in in vain until we are told to wait."""
    said = {"login": "nobody@mail.example", "password": "wrong"}
    answers = (send(client, "post", "/accounts/login/", data=said) for _ in range(40))
    return next(each for each in answers if each.status_code == 429)


ERRORS: dict[str, tuple[int, Callable[[Client], HttpResponse]]] = {
    "unreadable": (400, lambda client: send(client, "get", "/help/?q=%00")),
    "another host": (
        400,
        lambda client: send(client, "get", "/", HTTP_HOST="evil.example"),
    ),
    "form without its key": (
        403,
        lambda client: send(client, "post", "/accounts/logout/"),
    ),
    "wrong role": (403, lambda client: send(client, "get", "/p/northside/")),
    "nothing there": (404, lambda client: send(client, "get", "/nothing/")),
    "method": (405, lambda client: send(client, "post", "/help/")),
    "too large": (
        413,
        lambda client: send(
            client, "post", "/accounts/login/", data={"login": "x" * 3 * 2**20}
        ),
    ),
    "too often": (429, too_many),
    "fault of ours": (500, lambda client: send(client, "get", "/status/")),
}


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_page_carries_every_header_and_a_way_on(
    name: str, behind_https: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.views.site.checks", broken)
    status, ask = ERRORS[name]
    client = over_https(behind_https, "member")
    client.handler.enforce_csrf_checks = status == 403
    with nothing_kept():
        response = ask(client)
    page = response.content.decode()
    assert response.status_code == status
    # Who asks from another host is nobody we know.
    assert not list(faults(response, signed_in=name != "another host"))
    assert response.headers["X-Request-ID"] in page
    assert 'href="/"' in page
    assert "<h1>" in page


@pytest.mark.parametrize(
    ("status", "path"),
    [(400, "/api/v1/verify/1?q=%FF"), (404, "/api/v1/x"), (405, "/api/v1/verify/1")],
)
def test_problems_carry_the_headers_and_their_id(
    status: int, path: str, behind_https: World
) -> None:
    client = over_https(behind_https, "member")
    with nothing_kept():
        response = send(client, "delete" if status == 405 else "get", path)
    assert response.status_code == status
    assert not list(faults(response, signed_in=False))
    assert (
        response.headers["X-Request-ID"] == json.loads(response.content)["request_id"]
    )


def test_a_request_id_that_a_client_sends_is_not_ours(behind_https: World) -> None:
    client = over_https(behind_https, "signed out")
    response = send(
        client, "get", "/help/", headers={"x-request-id": "sent-by-a-client"}
    )
    assert response.headers["X-Request-ID"] != "sent-by-a-client"


def test_static_files_carry_them_and_open_to_no_other_site(
    behind_https: World, settings: Settings
) -> None:
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    response = send(over_https(behind_https, "member"), "get", "/static/gs.js")
    assert response.status_code == 200
    assert not list(faults(response, signed_in=False))
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("name", ["http", "forged host"])
def test_what_is_sent_on_to_https_carries_them_too(
    name: str, behind_https: World
) -> None:
    host = {"HTTP_HOST": "evil.example"} if name == "forged host" else {}
    client = over_https(behind_https, "signed out")
    response = send(client, "get", "/help/", HTTP_X_FORWARDED_PROTO="http", **host)
    assert response.status_code == (400 if host else 301)
    said = [each for each in faults(response, signed_in=False) if "Strict" not in each]
    assert not said


def test_the_page_of_a_fault_needs_no_database(
    behind_https: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("away")

    client = over_https(behind_https, "member")
    monkeypatch.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", away)
    response = send(client, "get", "/me/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
