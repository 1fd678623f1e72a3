"""The gate outside: Debian's nginx with the project's own file, before gunicorn."""

import base64
import hashlib
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from core.middleware import ALWAYS
from deploy.processes import free_port
from tests.gate.front import (
    NGINX,
    OPENSSL,
    Echo,
    Front,
    Said,
    echo,
    gunicorn,
    in_front_of,
    raw,
)
from tests.gate.test_headers import POLICY
from tests.ops.project import text

pytestmark = [
    pytest.mark.db,
    pytest.mark.xdist_group("nginx"),
    pytest.mark.skipif(not NGINX, reason="nginx is missing: make system-services"),
    pytest.mark.skipif(not OPENSSL, reason="openssl makes the certificate"),
    # Once is enough: test-services brings nginx, and PostgreSQL.
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="run by make test-services"
    ),
]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Nginx before the real thing."""
    folder = place(tmp_path_factory)
    web = free_port()
    with (
        in_front_of(web, folder / "nginx") as made,
        gunicorn(folder / "web", made.https, web),
    ):
        yield made


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Nginx before nobody."""
    with in_front_of(free_port(), place(tmp_path_factory) / "nginx") as made:
        yield made


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Front, Echo]]:
    """Nginx before somebody who notes what comes through."""
    folder = place(tmp_path_factory)
    with echo() as noting, in_front_of(noting.port, folder / "nginx") as made:
        yield made, noting


def place(factory: pytest.TempPathFactory) -> Path:
    """Make a folder that nginx's own user may enter."""
    folder = factory.mktemp("gate")
    for each in (folder, *folder.parents[:2]):
        each.chmod(0o755)
    return folder


def carries_each_header_once(said: Said) -> None:
    """Look for the headers of H1, none doubled."""
    for name, value in ALWAYS.items():
        assert said.headers[name.lower()] == [value], name
    policies = said.headers["content-security-policy"]
    assert len(policies) == 1
    lines = {line.strip() for line in policies[0].split(";")}
    assert {line.split()[0] for line in POLICY} <= {line.split()[0] for line in lines}
    assert "unsafe" not in policies[0]
    [transport] = said.headers["strict-transport-security"]
    assert "max-age=31536000" in transport
    assert "includeSubDomains" in transport
    assert len(said.headers["x-request-id"]) == 1
    assert "version" not in said.headers.get("server", [""])[0]


def test_pages_come_through_with_each_header_once(front: Front) -> None:
    said = front.ask("/help/")
    assert said.status == 200
    assert "<h1>" in said.text
    carries_each_header_once(said)


def test_static_files_come_through(front: Front) -> None:
    styles = re.findall(r'href="(/static/[^"]+\.css)"', front.ask("/help/").text)
    assert len(styles) == 2
    for path in styles:
        said = front.ask(path)
        assert said.status == 200
        assert "immutable" in said.headers["cache-control"][0]
        assert said.headers["content-type"] == ['text/css; charset="utf-8"']
        carries_each_header_once(said)


def test_http_is_sent_on_to_https(front: Front) -> None:
    said = front.ask("/help/?q=1", plain=True, headers={"Host": "localhost"})
    assert said.status == 308
    assert said.headers["location"] == ["https://localhost/help/?q=1"]


def test_a_forged_host_is_refused_by_a_page_of_ours(front: Front) -> None:
    said = front.ask("/help/", headers={"Host": "evil.example"})
    assert said.status == 400
    assert "We couldn't read that request" in said.text.replace("&#x27;", "'")
    assert "evil.example" not in said.text
    carries_each_header_once(said)


def test_an_error_page_of_the_program_is_left_as_it_is(front: Front) -> None:
    said = front.ask("/nothing/")
    assert said.status == 404
    assert said.headers["x-request-id"][0] in said.text
    carries_each_header_once(said)


LONG = {"Cookie": "a=" + "x" * 20_000}


@pytest.mark.parametrize(
    ("path", "status", "headers"),
    [
        ("/help/", 400, LONG),
        ("/help/", 400, {"X-Custom": "x" * 9_000}),
        ("/help/?q=" + "x" * 9_000, 414, {}),
    ],
)
def test_too_long_a_head_is_refused_by_a_page_of_ours(
    path: str, status: int, headers: dict[str, str], front: Front
) -> None:
    said = front.ask(path, headers=headers)
    # nginx tells a long address as unreadable, too.
    assert said.status in {400, status}
    assert "We couldn't read that request" in said.text
    assert said.headers["x-request-id"][0] in said.text
    carries_each_header_once(said)


@pytest.mark.parametrize("size", [3_500, 6_500])
def test_what_nginx_takes_gunicorn_takes_too(size: int, front: Front) -> None:
    assert front.ask("/help/?q=" + "x" * size).status == 200
    assert front.ask("/help/", headers={"Cookie": "a=" + "x" * size}).status == 200


def test_a_body_over_the_limit_is_refused_before_it_is_read(front: Front) -> None:
    large = {"Content-Length": "13000000"}
    page = front.ask("/me/ce/new/", "POST", headers=large)
    assert page.status == 413
    assert "That was more than we take at once" in page.text
    carries_each_header_once(page)
    path = "/api/v1/practices/northside/assignments"
    problem = front.ask(path, "POST", headers=large)
    said = json.loads(problem.text)
    assert problem.status == said["status"] == 413
    assert problem.headers["content-type"] == ["application/problem+json"]
    assert said["type"] == "/problems/too-large"
    assert problem.headers["x-request-id"] == [said["request_id"]]


@pytest.mark.parametrize("path", ["/", "/me/", "/static/gs.css"])
def test_while_the_program_is_away_a_page_of_ours_says_so(
    path: str, alone: Front
) -> None:
    said = alone.ask(path)
    assert said.status == 503
    assert said.headers["content-type"] == ["text/html"]
    assert said.headers["retry-after"] == ["30"]
    assert said.headers["cache-control"] == ["no-store"]
    assert "Goodstanding is away for a moment" in said.text
    assert 'href="/"' in said.text
    assert said.headers["x-request-id"][0] in said.text
    carries_each_header_once(said)


def test_while_the_program_is_away_the_api_says_so(alone: Front) -> None:
    said = alone.ask("/api/v1/practices/northside/members")
    assert said.status == 503
    assert said.headers["content-type"] == ["application/problem+json"]
    assert json.loads(said.text)["status"] == 503
    assert json.loads(said.text)["request_id"] == said.headers["x-request-id"][0]
    carries_each_header_once(said)


def test_the_style_of_these_pages_is_the_one_the_policy_lets_in() -> None:
    conf = text("deploy/nginx/nginx.conf")
    [style] = re.findall(r"<style>(.*?)</style>", conf)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'" in conf
    assert not re.search(r"<[^>]+\sstyle=", conf)


def test_nobody_outside_says_who_they_are(noted: tuple[Front, Echo]) -> None:
    front, noting = noted
    front.ask(
        "/help/",
        headers={
            "X-Forwarded-For": "203.0.113.9",
            "X-Forwarded-Proto": "http",
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Port": "1",
            "X-Real-IP": "203.0.113.9",
            "Forwarded": "for=203.0.113.9;host=evil.example",
        },
    )
    came = {name.lower(): value for name, value in noting.asked[-1].items()}
    assert came["x-forwarded-for"] == "127.0.0.1"
    assert came["x-forwarded-proto"] == "https"
    assert came["host"] == front.host
    assert "203.0.113.9" not in str(came)
    assert "evil.example" not in str(came)


def test_a_link_that_opens_an_account_is_not_logged(
    noted: tuple[Front, Echo],
) -> None:
    front, _ = noted
    front.ask("/accounts/invite/a-secret-of-somebody/")
    front.ask("/accounts/reset/0-a-secret-of-somebody/")
    front.ask("/calendar/a-secret-of-somebody.ics")
    front.ask("/unsubscribe/a-secret-of-somebody/")
    front.ask("/transcripts/a-secret-of-somebody/transcript.pdf")
    front.ask("/verify/?number=asked-for-by-somebody")
    front.ask("/seen/")
    time.sleep(0.2)
    log = (front.folder / "access").read_text()
    assert "/seen/" in log
    assert "secret" not in log
    assert "asked-for" not in log


def test_whoever_sends_too_slowly_is_let_go(alone: Front) -> None:
    began = time.monotonic()
    # Shortened to a second here; how long it is follows below.
    raw(alone, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", seconds=10)
    assert time.monotonic() - began < 8
    conf = text("deploy/nginx/nginx.conf")
    for name in ("client_header_timeout", "client_body_timeout"):
        assert f"{name} 15s;" in conf


def test_nginx_waits_longer_than_gunicorn_works() -> None:
    conf = text("deploy/nginx/nginx.conf")
    waits = re.search(r"proxy_read_timeout (\d+)s;", conf)
    works = re.search(r"^timeout = (\d+)$", text("deploy/gunicorn_conf.py"), re.M)
    assert waits
    assert works
    assert int(waits[1]) > int(works[1])
