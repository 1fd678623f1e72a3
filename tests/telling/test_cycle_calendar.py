"""The days of a cycle in its holder's own calendar: those still before them."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests.cast import Cast
from tests.cycles import noon
from tests.signing import open_session
from tests.telling.cycling import certificant
from tests.telling.test_calendar import address_of

pytestmark = pytest.mark.db


def days_on(path: str, today: date) -> dict[date, str]:
    """What a calendar program finds on a day: day → title."""
    with time_machine.travel(noon(today), tick=False):
        answer = Client().get(path)
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.content)
    return {
        each.decoded("dtstart"): str(each["summary"])
        for each in calendar.walk("VEVENT")
    }


@pytest.fixture
def path(cast: Cast, today: date) -> str:
    """The calendar of somebody who passed in 2022 and has no practice."""
    member = certificant()
    assert member.user is not None
    return address_of(open_session(Client(), member.user))


@pytest.mark.parametrize(
    ("today", "want"),
    [
        (
            date(2025, 7, 31),
            {
                date(2025, 8, 1): "NAMSS: the application opens",
                date(2025, 12, 1): "NAMSS: your cycle ends",
            },
        ),
        (
            date(2025, 12, 1),
            {
                date(2025, 8, 1): "NAMSS: the application opens",
                date(2025, 12, 1): "NAMSS: your cycle ends",
            },
        ),
        (date(2025, 12, 2), {date(2025, 12, 31): "NAMSS: last day to apply late"}),
        (date(2025, 12, 31), {date(2025, 12, 31): "NAMSS: last day to apply late"}),
        (date(2026, 1, 1), {date(2026, 6, 30): "NAMSS: last day to be reinstated"}),
        (date(2026, 6, 30), {date(2026, 6, 30): "NAMSS: last day to be reinstated"}),
        (date(2026, 7, 1), {}),
    ],
)
def test_the_days_are_those_of_the_standing(
    path: str, today: date, want: dict[date, str]
) -> None:
    assert days_on(path, today) == want


def test_a_day_keeps_its_id(path: str) -> None:
    ids = []
    for today in (date(2025, 7, 31), date(2025, 11, 30)):
        with time_machine.travel(noon(today), tick=False):
            calendar = Calendar.from_ical(Client().get(path).content)
        ids.append({str(each["uid"]) for each in calendar.walk("VEVENT")})
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2
    assert all("cycle-namss-" in each and "2025-12-01" in each for each in ids[0])


def test_a_second_credential_takes_no_more_statements(cast: Cast, today: date) -> None:
    def count(name: str, *codes: str) -> int:
        member = certificant(name, *codes)
        assert member.user is not None
        path = address_of(open_session(Client(), member.user))
        Client().get(path)
        with CaptureQueriesContext(connection) as captured:
            Client().get(path)
        return len(captured)

    assert count("Nora Nolan", "CPCS") == count("Olga Ortiz", "CPCS", "CPMSM")
