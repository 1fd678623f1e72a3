"""Requests that somebody else made up: a host, a way on, an old admin page."""

import pytest
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.conf import settings
from django.core import mail
from django.test import Client

from accounts.checks import routed
from accounts.models import User
from tests.accounts.reading import reset_link_to, sign_in
from tests.cast import PASSWORD
from tests.signing import open_session

pytestmark = pytest.mark.django_db
# Each with the right host in Django's eyes, were a check to look at a part of it.
HOSTS = (
    "evil.example",
    "localhost.evil.example",
    "evil.example:8000",
    "localhost@evil.example",
    "evil.example#localhost",
    "localhost:8000/evil.example",
    "localhost, evil.example",
    "127.0.0.1.evil.example",
)
OFF_SITE = (
    "https://evil.example/",
    "http://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "https://localhost@evil.example/",
    "https://evil.example\\@localhost/",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    " //evil.example",
    "https:evil.example",
    "//evil.example:443\\@localhost/",
)


@pytest.mark.parametrize("host", HOSTS)
def test_a_forged_host_is_refused_and_no_mail_carries_it(
    alice: User, host: str
) -> None:
    client = Client(raise_request_exception=False)
    for path in ("/", "/accounts/login/", "/api/v1/verify/x"):
        assert client.get(path, headers={"host": host}).status_code == 400
    data = {"email": alice.email}
    assert (
        client.post("/accounts/reset/", data, headers={"host": host}).status_code == 400
    )
    forwarded = {"x-forwarded-host": host, "x-forwarded-server": host, "x-host": host}

    client.post("/accounts/reset/", data, headers=forwarded)

    assert reset_link_to(alice.email).startswith("/accounts/reset/")
    assert "evil" not in str(mail.outbox[-1].message())


def test_no_way_on_leads_off_the_site(alice: User) -> None:
    assert len(OFF_SITE) == 20
    signed_in = open_session(Client(), alice)
    followed = []
    for place in OFF_SITE:
        answers = [
            Client().post(
                "/accounts/login/",
                {"login": alice.email, "password": PASSWORD, "next": place},
            ),
            signed_in.get("/accounts/login/", {"next": place}),
            signed_in.post("/accounts/confirm/", {"password": PASSWORD, "next": place}),
            open_session(Client(), alice).post("/accounts/logout/", {"next": place}),
        ]
        for answer in answers:
            led = answer.headers.get("Location", "/")
            if not led.startswith("/") or led[1:2] in {"/", "\\"} or "evil" in led:
                followed.append((place, led))
    assert followed == []
    assert STATE_SESSION_KEY not in signed_in.session


def test_a_way_on_that_browsers_read_otherwise_stays_a_path_of_ours(
    alice: User,
) -> None:
    """Django lets both through: the first is a path here, the second two headers."""
    for place in ("/%09/evil.example", "/ok\r\nX-Evil: 1"):
        client = Client(raise_request_exception=False)
        answer = client.post(
            "/accounts/login/",
            {"login": alice.email, "password": PASSWORD, "next": place},
        )
        led = answer.headers.get("Location", "/")
        assert led.startswith("/")
        assert led[1:2] != "/"
        assert "X-Evil" not in answer.headers


def test_djangos_admin_is_off() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not [each.path for each in routed() if "admin/" in f"/{each.path}"]
    assert Client().get("/admin/").status_code == 404
    assert Client().get("/admin/login/").status_code == 404


def test_cookies_say_who_may_send_them(alice: User) -> None:
    client = Client()
    client.get("/accounts/login/")
    sign_in(client, alice.email)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert name.startswith("__Host-")
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
