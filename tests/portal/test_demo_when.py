"""When something was, on a demonstration's pages: on the day it was there, not here."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from core import clock
from core.models import AuditEntry, DomainDate
from core.shown import when_day_words, when_words
from tests.cast import Cast, an_administrator
from tests.matrix import demo_urls
from tests.portal.pressing import ADDRESS, followed, press
from tests.portal.products import stocked
from tests.portal.reading import Page

pytestmark = pytest.mark.db
WEST = ZoneInfo("America/Los_Angeles")
# 3:12 in the afternoon, at the body's.
REAL = datetime(2026, 11, 28, 23, 12, tzinfo=UTC)
STORY = datetime(2025, 11, 3, 18, 42, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    """The machine's own clock."""
    with time_machine.travel(REAL, tick=False) as found:
        yield found


@pytest.fixture
def demo(
    settings: Settings, now: time_machine.Traveller, db: None, tmp_path: Path
) -> None:
    """A demonstration that was begun a minute ago."""
    settings.DEMO = True
    settings.ROOT_URLCONF = demo_urls.__name__
    settings.EMAIL_FILE_PATH = str(tmp_path)
    now.move_to(REAL - timedelta(minutes=1))
    clock.pin(date(2025, 11, 17))
    now.move_to(REAL)


@pytest.mark.usefixtures("demo")
def test_what_is_done_now_is_done_on_the_demonstrations_day() -> None:
    assert when_words(REAL, WEST) == "Nov 17, 2025, 3:12 PM PST"
    assert when_day_words(REAL, WEST) == "Nov 17, 2025"


@pytest.mark.usefixtures("demo")
def test_what_follows_is_told_by_what_it_follows() -> None:
    assert when_words(REAL, WEST, later=DAY) == "Nov 18, 2025, 3:12 PM PST"
    assert when_day_words(REAL, WEST, later=7 * DAY) == "Nov 24, 2025"


@pytest.mark.usefixtures("demo")
def test_what_was_done_stays_on_its_day_when_the_day_moves_on() -> None:
    clock.pin(date(2026, 7, 1))
    before = REAL - timedelta(seconds=30)
    assert when_words(before, WEST) == "Nov 17, 2025, 3:11 PM PST"
    assert when_words(REAL, WEST) == "Jul 1, 2026, 3:12 PM PDT"


@pytest.mark.usefixtures("demo")
def test_what_the_story_tells_is_shown_as_it_tells_it() -> None:
    assert when_words(STORY, WEST) == "Nov 3, 2025, 10:42 AM PST"


@pytest.mark.usefixtures("demo")
def test_a_demonstration_of_an_earlier_version_shows_what_it_showed() -> None:
    DomainDate.objects.update(begun=[])
    assert when_words(REAL, WEST) == "Nov 28, 2026, 3:12 PM PST"


@pytest.mark.usefixtures("demo")
def test_outside_a_demonstration_an_instant_is_itself(settings: Settings) -> None:
    settings.DEMO = False
    assert when_words(REAL, WEST) == "Nov 28, 2026, 3:12 PM PST"
    # A day later by the clock's hands is not a day later: an hour is left out between.
    eve = datetime(2026, 10, 31, 20, 0, tzinfo=UTC)
    assert when_words(eve, WEST) == "Oct 31, 2026, 1:00 PM PDT"
    assert when_words(eve, WEST, later=DAY) == "Nov 1, 2026, 12:00 PM PST"


@pytest.mark.usefixtures("demo")
def test_an_assignment_names_the_demonstrations_days_and_is_stored_as_it_was(
    cast: Cast, now: time_machine.Traveller
) -> None:
    dana = an_administrator("Dana Whitfield", cast.northside, named=False)
    dana.email = "dana@demo.example"
    dana.save()
    stocked(cast, "hipaa")
    client = Client()
    client.post("/demo/enter/", {"email": "dana@demo.example"})
    page = followed(client, press(client, "Bob Baker", tile="hipaa"))
    assert page.notices[0].endswith("Undo until Nov 18, 2025, 3:12 PM PST.")
    undo = Page.of(client.get(page.links["Undo"]))
    assert "Possible until Nov 18, 2025, 3:12 PM PST" in undo.text
    for shown in (f"/p/northside/members/{cast.bob.pk}/", ADDRESS):
        assert "2026, 3:12" not in Page.of(client.get(shown)).text
    record = Page.of(client.get(f"/p/northside/members/{cast.bob.pk}/"))
    assert "Nov 17, 2025, 3:12 PM PST" in record.text
    assert AuditEntry.objects.filter(action="product.assigned").latest("at").at == REAL


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("zone", ["-0000", "+0000"])
def test_a_letter_is_of_the_day_on_which_it_left(
    zone: str, now: time_machine.Traveller, tmp_path: Path
) -> None:
    """Its head names whole seconds; a day begins in the middle of one."""
    now.move_to(REAL + timedelta(milliseconds=300))
    clock.pin(date(2025, 11, 18))
    message = EmailMessage()
    message["Date"] = f"Sat, 28 Nov 2026 23:12:00 {zone}"
    message["Subject"], message["To"] = "[Northside] A letter", "dana@demo.example"
    message["From"] = "portal@demo.example"
    message.set_content("Dear Dana")
    (tmp_path / "letter.eml").write_bytes(bytes(message))
    for path in ("", "letter/"):
        page = Page.of(Client().get(f"/demo/mailbox/{path}"))
        assert "Nov 18, 2025, 3:12 PM PST" in page.text


@pytest.mark.usefixtures("demo")
def test_an_invitation_and_a_token_end_on_the_demonstrations_days(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("alice")
    client.post(
        "/p/northside/settings/people/",
        {"first_name": "Nora", "last_name": "New", "email": "nora@mail.example"},
    )
    people = Page.of(client.get("/p/northside/settings/people/"))
    assert "2026" not in people.text
    assert "Invited until Nov 24, 2025" in people.text
    client.post("/p/northside/settings/tokens/", {"name": "Till", "days": "90"})
    assert "2026, " not in Page.of(client.get("/p/northside/settings/tokens/")).text
