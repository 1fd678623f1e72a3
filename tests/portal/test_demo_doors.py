"""The demonstration's doors: only with DEMO=1, only to its own people."""

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from core import clock
from core.models import DomainDate
from tests.cast import Cast, a_user, an_administrator
from tests.matrix import demo_urls
from tests.matrix.asking import checksum
from tests.portal.reading import Page

pytestmark = pytest.mark.db
DOORS = (
    "enter/",
    "advance/",
    "reset/",
    "mailbox/",
    "mailbox/letter/",
    "mailbox/letter/formatted/",
)
LETTER = """Subject: [Northside] {subject}
From: Goodstanding <no-reply@goodstanding.example>
To: {to}
Date: Mon, 17 Nov 2025 18:0{minute}:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Plain {subject}
--x
Content-Type: text/html; charset=utf-8

<p style="color: red">Formatted <script>alert(1)</script>{subject}</p>
--x--
"""


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """A folder that mail was put into."""
    folder = tmp_path / "mail"
    folder.mkdir()
    for minute, subject in enumerate(("first", "second")):
        text = LETTER.format(subject=subject, to="dana@demo.example", minute=minute)
        (folder / f"letter-{minute}.eml").write_text(text)
    (folder / ".half.eml").write_text("not yet")
    return folder


@pytest.fixture
def demo(settings: Settings, mail: Path, cast: Cast) -> User:
    """A demonstration on its day, with Dana, who administers Northside too."""
    settings.DEMO = True
    settings.ROOT_URLCONF = demo_urls.__name__
    settings.EMAIL_FILE_PATH = str(mail)
    clock.pin(date(2025, 11, 17))
    dana = an_administrator("Dana Whitfield", cast.northside, named=False)
    dana.email = "dana@demo.example"
    dana.save()
    return dana


def entered(client: Client) -> str:
    """Who is signed in; empty for nobody."""
    request = HttpRequest()
    request.session = client.session
    user = get_user(request)
    return user.name if isinstance(user, User) else ""


def enter(email: str) -> tuple[int, str]:
    """Press a card, and give the answer and who is signed in."""
    client = Client()
    answer = client.post("/demo/enter/", {"email": email})
    return answer.status_code, entered(client)


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("door", DOORS)
def test_without_a_demonstration_there_is_no_door(door: str) -> None:
    a_user("Dana Demo")
    User.objects.update_or_create(
        name="Dana Demo", defaults={"email": "dana@demo.example"}
    )
    before, client = checksum(), Client()
    form = {"email": "dana@demo.example", "to": "dec1"}
    assert client.get(f"/demo/{door}").status_code == 404
    assert client.post(f"/demo/{door}", form).status_code == 404
    assert checksum() == before
    assert entered(client) == ""


@pytest.mark.usefixtures("cast")
def test_without_a_demonstration_the_landing_page_has_no_cards() -> None:
    text = Client().get("/").content.decode()
    page = Page.of_text(text)
    assert not page.all("", "gs-face")
    assert not page.all("", "gs-demo")
    assert "demo" not in text.lower()


@pytest.mark.usefixtures("db")
def test_without_a_demonstration_no_day_is_pinned() -> None:
    DomainDate.objects.create(today=date(2001, 1, 1))
    assert clock.pinned() is None
    with pytest.raises(RuntimeError, match="DEMO=1"):
        clock.pin(date(2001, 1, 2))


@pytest.mark.usefixtures("demo")
def test_the_landing_page_has_a_card_for_each_who_is_there() -> None:
    page = Page.of(Client().get("/"))
    cards = page.all("article", "gs-face")
    assert [card.one("h3").text for card in cards] == ["Dana Whitfield"]
    assert [card.one("button").text for card in cards] == ["Enter as Dana"]


@pytest.mark.usefixtures("demo")
def test_a_card_opens_the_persons_own_place() -> None:
    client = Client()
    answer = client.post("/demo/enter/", {"email": "dana@demo.example"}, follow=True)
    assert answer.request["PATH_INFO"] == "/p/northside/"
    assert entered(client) == "Dana Whitfield"


@pytest.mark.usefixtures("demo")
def test_entering_as_another_leaves_nothing_of_the_first(cast: Cast) -> None:
    cast.bob.user.email = "bob@demo.example"  # type: ignore[union-attr]
    cast.bob.user.save()  # type: ignore[union-attr]
    client = Client()
    client.post("/demo/enter/", {"email": "dana@demo.example"})
    key = client.session.session_key
    client.post("/demo/enter/", {"email": "bob@demo.example"})
    assert entered(client) == "Bob Baker"
    assert client.session.session_key != key
    assert client.get("/p/northside/").status_code == 403


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "email",
    [
        "{alice}",
        "nobody@demo.example",
        "",
        "@demo.example",
        "{alice}@demo.example",
        "dana@demo.example,{alice}",
        "\x00@demo.example",
        "%@demo.example",
        "x" * 10_000 + "@demo.example",
    ],
)
def test_nobody_else_is_entered_as(cast: Cast, email: str) -> None:
    assert enter(email.format(alice=cast.alice.email)) == (404, "")


@pytest.mark.usefixtures("demo")
def test_doors_that_change_something_ask_for_a_post() -> None:
    for door in ("enter/?email=dana@demo.example", "advance/?to=dec1"):
        assert Client().get(f"/demo/{door}").status_code == 405
    careful = Client(enforce_csrf_checks=True)
    form = {"email": "dana@demo.example", "to": "dec1"}
    for door in ("enter/", "advance/"):
        assert careful.post(f"/demo/{door}", form).status_code == 403
    assert clock.pinned() == date(2025, 11, 17)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("step", "day", "said"),
    [
        ("day", date(2025, 11, 18), "It is now Nov 18, 2025."),
        ("dec1", date(2025, 12, 1), "It is now Dec 1, 2025."),
        ("dec2", date(2025, 12, 2), "It is now Dec 2, 2025."),
        ("jan1", date(2026, 1, 1), "It is now Jan 1, 2026."),
    ],
)
def test_the_day_moves_on_and_every_page_with_it(
    step: str, day: date, said: str
) -> None:
    client = Client()
    client.post("/demo/enter/", {"email": "dana@demo.example"})
    answer = client.post("/demo/advance/", {"to": step}, follow=True)
    assert Page.of(answer).notices == [said]
    assert clock.pinned() == day
    strip = Page.of(client.get("/p/northside/assignments/")).one("aside", "gs-demo")
    assert f"{day:%b} {day.day}, {day.year}" in strip.text


@pytest.mark.usefixtures("demo")
def test_a_day_that_passes_changes_what_a_page_says() -> None:
    client = Client()
    client.post("/demo/enter/", {"email": "dana@demo.example"})
    clock.pin(date(2025, 11, 2))
    page = Page.of(client.get("/p/northside/assignments/"))
    assert page.lines[0].date == ("due", "Due in 1 day Nov 3, 2025")
    client.post("/demo/advance/", {"to": "day"})
    page = Page.of(client.get("/p/northside/assignments/"))
    assert page.lines[0].date == ("now", "Renew now Nov 3, 2025")


@pytest.mark.usefixtures("demo")
def test_the_day_never_goes_back() -> None:
    clock.pin(date(2026, 1, 1))
    answer = Client().post("/demo/advance/", {"to": "dec1"}, follow=True)
    assert Page.of(answer).notices == ["It is Jan 1, 2026 already."]
    assert clock.pinned() == date(2026, 1, 1)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("step", ["", "yesterday", "2030-01-01", "DAY", "\x00"])
def test_a_step_there_is_none_of_is_not_found(step: str) -> None:
    assert Client().post("/demo/advance/", {"to": step}).status_code == 404
    assert clock.pinned() == date(2025, 11, 17)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/verify/?number=x", "http://testserver/verify/?number=x"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_moving_on_leads_back_and_nowhere_else(referer: str, back: str) -> None:
    answer = Client().post(
        "/demo/advance/", {"to": "day"}, headers={"Referer": referer}
    )
    assert answer.headers["Location"] == back


@pytest.mark.usefixtures("demo")
def test_the_mailbox_lists_what_was_sent() -> None:
    page = Page.of(Client().get("/demo/mailbox/"))
    assert page.h1 == "Mailbox"
    for word in ("[Northside] first", "[Northside] second", "dana@demo.example"):
        assert word in page.text
    assert "Nov 17, 2025, 10:00 AM PST" in page.text
    assert page.links["Mailbox (2)"] == "/demo/mailbox/"


@pytest.mark.usefixtures("demo")
def test_a_letter_is_shown_as_text_and_as_mail_programs_show_it() -> None:
    page = Page.of(Client().get("/demo/mailbox/letter-0/"))
    assert "Plain first" in page.text
    assert "Formatted" not in page.text
    answer = Client().get("/demo/mailbox/letter-0/formatted/")
    assert "Formatted" in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy
    assert "allow-scripts" not in policy


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "key", ["letter-9", ".half", "..%2Fmail", "%00", "letter-0.eml"]
)
def test_a_letter_there_is_none_of_is_not_found(key: str) -> None:
    for tail in ("", "formatted/"):
        assert Client().get(f"/demo/mailbox/{key}/{tail}").status_code == 404
