"""A person's deadlines in their own calendar program, by a secret address."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from pytest_django import Settings

from accounts.models import Member, User
from core.models import AuditEntry
from notifications.models import CalendarFeed
from tests.cast import NOW, Cast, a_member, an_administrator, certify, given
from tests.portal.reading import Page
from tests.signing import open_session

pytestmark = pytest.mark.db
HERE = "/settings/calendar/"


def address_of(browser: Client) -> str:
    """Make an address in somebody's browser; give its path."""
    page = Page.of(browser.post(HERE))
    url = page.one("code", id="secret").text
    assert url.startswith("http://localhost:8000/calendar/")
    return url.removeprefix("http://localhost:8000")


def events_in(path: str) -> dict[date, str]:
    """What a calendar program finds: day → title."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    return {
        each.decoded("dtstart"): str(each["summary"])
        for each in calendar.walk("VEVENT")
    }


def a_crowd(cast: Cast, count: int) -> list[Member]:
    """People of Northside whose terms begin today."""
    found = [a_member(f"Pat {n}", cast.northside) for n in range(count)]
    for each in found:
        certify(each)
    given(cast.membership, cast.northside, *found)
    return found


def test_the_address_is_shown_once_and_kept_as_a_fingerprint(bob: Client) -> None:
    assert "You have none." in Page.of(bob.get(HERE)).text
    path = address_of(bob)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(secret) >= 43
    page = bob.get(HERE).content.decode()
    assert secret not in page
    assert "Not read yet." in page
    assert secret not in CalendarFeed.objects.get().secret_hash
    assert secret not in str(list(AuditEntry.objects.values()))


def test_a_holder_s_own_days_stand_in_it(bob: Client, cast: Cast) -> None:
    found = events_in(address_of(bob))
    assert found == {date(2025, 11, 3): "ACMSS renewal due"}
    given(cast.renewals, cast.northside, cast.bob)
    found = events_in(address_of(bob))
    assert found == {
        date(2026, 11, 16): "ACMSS: last day for 3.0 CME",
        date(2026, 11, 17): "ACMSS renewal due",
    }


def test_the_renewal_has_the_id_of_the_mail_s_file(bob: Client, cast: Cast) -> None:
    answer = Client().get(address_of(bob))
    window = cast.bob.windows.latest("sequence")
    assert f"UID:term-{window.pk}@localhost" in answer.content.decode()


def test_an_administrator_s_days_name_nobody(alice: Client, cast: Cast) -> None:
    a_crowd(cast, 2)
    path = address_of(alice)
    found = events_in(path)
    assert found == {
        date(2025, 11, 3): "1 ACMSS renewal due: Northside",
        date(2026, 11, 17): "2 ACMSS renewals due: Northside",
    }
    text = Client().get(path).content.decode().replace("\r\n ", "")
    assert not [name for name in ("Pat", "Bob", "Baker") if name in text]
    assert "/p/northside/renewals/" in text


def test_a_role_that_is_lost_takes_its_days_along(alice: Client, cast: Cast) -> None:
    path = address_of(alice)
    assert events_in(path)
    an_administrator("Nina New", cast.northside, named=False)
    cast.northside.administrations.filter(user=cast.alice).update(
        until_at=NOW, named=False
    )
    assert events_in(path) == {}


def test_nobody_else_s_days_stand_in_it(cast: Cast, today: date) -> None:
    sam = open_session(Client(), cast.sam)
    assert events_in(address_of(sam)) == {}


def test_an_account_that_is_switched_off_has_no_calendar(
    bob: Client, cast: Cast
) -> None:
    path = address_of(bob)
    User.objects.filter(pk=cast.user("bob").pk).update(is_active=False)
    assert Client().get(path).status_code == 404


def test_a_wrong_secret_is_answered_like_an_address_there_is_not(
    bob: Client, client: Client
) -> None:
    path = address_of(bob)
    wrong = client.get("/calendar/" + "x" * 43 + ".ics")
    near = client.get(path.replace(".ics", "x.ics"))
    missing = client.get("/nothing/here/")
    assert {each.status_code for each in (wrong, near, missing)} == {404}
    texts = {Page.of(each).one("main").text[:60] for each in (wrong, near, missing)}
    assert len(texts) == 1


def test_a_new_address_ends_the_former(bob: Client) -> None:
    former = address_of(bob)
    later = address_of(bob)
    assert Client().get(former).status_code == 404
    assert events_in(later)
    assert CalendarFeed.objects.count() == 1


def test_it_can_be_ended(bob: Client) -> None:
    path = address_of(bob)
    assert bob.post(f"{HERE}end/").status_code == 302
    assert bob.post(f"{HERE}end/").status_code == 302
    assert Client().get(path).status_code == 404
    found = AuditEntry.objects.filter(action__startswith="calendar.")
    assert [each.sentence for each in found.order_by("number")] == [
        "Made a calendar address",
        "Ended the calendar address",
    ]


def test_what_has_not_changed_is_not_sent_again(bob: Client, cast: Cast) -> None:
    path = address_of(bob)
    program = Client()
    first = program.get(path)
    assert "private" in first["Cache-Control"]
    again = program.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    given(cast.renewals, cast.northside, cast.bob)
    changed = program.get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_when_it_was_read_last_is_shown_to_the_hour(bob: Client) -> None:
    path = address_of(bob)
    Client().get(path)
    first = CalendarFeed.objects.get().last_used_at
    assert first is not None
    assert "Last read Nov 17, 2025" in Page.of(bob.get(HERE)).text
    Client().get(path)
    assert CalendarFeed.objects.get().last_used_at == first
    with time_machine.travel(NOW + timedelta(hours=2)):
        Client().get(path)
    assert CalendarFeed.objects.get().last_used_at != first


def test_an_address_can_be_tried_so_often_and_no_more(
    bob: Client, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.throttle.CalendarThrottle.rate", "2/min", raising=False)
    answers = [client.get("/calendar/guess.ics").status_code for _ in range(3)]
    assert answers == [404, 404, 429]


def test_a_long_list_takes_no_more_statements(alice: Client, cast: Cast) -> None:
    path = address_of(alice)
    Client().get(path)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            Client().get(path)
        return len(captured)

    before = count()
    a_crowd(cast, 20)
    assert count() == before
