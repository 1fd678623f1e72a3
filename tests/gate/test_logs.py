"""Logs say who asked whose rows, and hold nothing that opens anything."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import ApiToken
from config.logs import without_secrets
from tests.accounts.reading import FRESH, reset_link_to, sign_in
from tests.cast import BODY, PASSWORD, Cast
from tests.files.samples import pdf
from tests.gate.logs import Log, listening
from tests.signing import open_session

pytestmark = pytest.mark.django_db
MARKER = "a-word-that-stands-in-this-proof-alone"
WRONG = "what-somebody-mistyped-7391"


@pytest.fixture
def log() -> Iterator[Log]:
    cache.clear()
    with listening("DEBUG") as heard:
        yield heard


def signing_in(cast: Cast) -> list[str]:
    """Sign in, wrongly first; give what nobody else may read."""
    client = Client()
    sign_in(client, cast.alice.email, WRONG)
    assert sign_in(client, cast.alice.email).status_code == 302
    session, form = (
        client.cookies[settings.SESSION_COOKIE_NAME].value,
        client.cookies[settings.CSRF_COOKIE_NAME].value,
    )
    return [WRONG, PASSWORD, session, form]


def resetting(cast: Cast) -> list[str]:
    """Forget the password and set another by the mailed link."""
    client = Client()
    client.post("/accounts/reset/", {"email": cast.alice.email})
    link = reset_link_to(cast.alice.email)
    page = client.get(link, follow=True)
    path = page.request["PATH_INFO"]
    client.post(path, {"password1": FRESH}, follow=True)
    return [FRESH, link.strip("/").rpartition("/")[2]]


def making_a_token(cast: Cast) -> list[str]:
    """Make a token in the browser and ask with it."""
    client = open_session(Client(), cast.alice)
    said = {"name": "Payroll", "scopes": "members:read", "expires": "90"}
    said["form_key"] = "0" * 32
    page = client.post("/p/northside/settings/api/", said)
    found = re.search(r"cep_(?:live|test)_[\w-]{43}", page.content.decode())
    assert found
    assert ApiToken.objects.filter(name="Payroll").exists()
    header = {"authorization": f"Bearer {found[0]}"}
    asked = "/api/v1/practices/northside/members"
    assert client.get(asked, headers=header).status_code == 200
    client.get(f"{asked}?token={found[0]}")
    client.get(asked, headers={"authorization": f"Bearer {found[0]}x"})
    return [found[0], found[0][9:]]


def sending_a_proof(cast: Cast) -> list[str]:
    """Send a file that is taken, and one that is refused."""
    client = Client()
    sign_in(client, cast.user("bob").email)
    for content in (pdf(catalog=f"/Lang({MARKER})".encode()), MARKER.encode()):
        file = SimpleUploadedFile("proof.pdf", content, "application/pdf")
        said = {"saves": "0", "title": "Webinar", "do": "save", "file": file}
        assert client.post("/me/ce/new/", said).status_code in {200, 302, 422}
    return [MARKER]


JOURNEYS = (signing_in, resetting, making_a_token, sending_a_proof)


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_journey_leaves_nothing_in_the_log_that_opens_anything(
    journey: Callable[[Cast], list[str]], today: date, cast: Cast, log: Log
) -> None:
    opening = journey(cast)
    assert log.requests()
    assert [text for text in opening if text in log.text] == []


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer {}",
        "GET /verify/?token={}",
        "POST a=1&password={}&b=2",
        "password1={}",
        "cep_live_{}",
        "/accounts/invite/{}/",
        "/accounts/reset/0-{}/",
        "/calendar/{}.ics",
        "/unsubscribe/{}/",
    ],
)
def test_what_a_line_quotes_is_struck_out(text: str) -> None:
    quoted = {"event": text.format("x9" * 15), "number": 1}
    assert "x9" not in str(without_secrets(None, "", quoted))


def test_words_are_left_as_they_are() -> None:
    said = {"event": "GET /p/northside/?q=token", "request_id": "a-b", "code": 200}
    assert without_secrets(None, "", dict(said)) == said


def test_each_request_is_one_line_with_its_id_and_its_tenant(
    today: date, cast: Cast, signed_in: Callable[[str], Client], log: Log
) -> None:
    asked = {
        "/help/": "",
        "/p/northside/": "northside",
        "/p/nowhere/": "nowhere",
        f"/staff/{BODY}/": BODY,
        "/api/v1/practices/northside/members": "northside",
        f"/api/v1/bodies/{BODY}/ce-activities": BODY,
    }
    client = signed_in("alice")
    ids = [client.get(path).headers["X-Request-ID"] for path in asked]
    lines = log.requests()
    assert [line["request"] for line in lines] == [f"GET {path}" for path in asked]
    assert [line["request_id"] for line in lines] == ids
    assert [line.get("tenant", "") for line in lines] == list(asked.values())
    assert {line["user_id"] for line in lines} == {str(cast.alice.pk)}
    assert {line["ip"] for line in lines} == {"127.0.0.1"}


def test_what_one_s_own_pages_log_names_whose_they_are(
    today: date, cast: Cast, signed_in: Callable[[str], Client], log: Log
) -> None:
    signed_in("bob").get("/me/")
    [line] = log.requests()
    assert line["tenant"] == f"member:{cast.bob.pk}"


def test_a_forged_address_is_not_logged_where_no_proxy_is_ours(log: Log) -> None:
    Client().get("/help/", headers={"x-forwarded-for": "203.0.113.9"})
    assert log.requests()[0]["ip"] == "127.0.0.1"


def test_a_fault_is_told_without_what_its_code_held(
    today: date,
    cast: Cast,
    signed_in: Callable[[str], Client],
    log: Log,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def checks(*args: object, **kwargs: object) -> None:
        password, token, content = PASSWORD, f"cep_live_{WRONG}", MARKER
        raise RuntimeError("a fault", len(password + token + content))

    monkeypatch.setattr("portal.views.site.checks", checks)
    client = signed_in("alice")
    client.raise_request_exception = False
    response = client.get("/status/?number=1", headers={"authorization": "Bearer abc"})
    page = response.content.decode()
    assert response.status_code == 500
    [line] = log.requests()
    assert "RuntimeError" in line["exception"]
    assert line["request_id"] == response.headers["X-Request-ID"]
    held = (PASSWORD, WRONG, MARKER, client.cookies[settings.SESSION_COOKIE_NAME].value)
    assert [text for text in held if text in page + log.text] == []
    for word in ("RuntimeError", "Traceback", "SECRET_KEY", "site.py"):
        assert word not in page
