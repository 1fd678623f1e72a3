"""A body's manager sees how everybody certified stands, and what CE they miss."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.test import Client

from accounts.models import Member, StaffRole, User
from credentials.services import record_certification
from tests.cast import TESTER, Cast, a_member, a_user
from tests.cycles import BODY, first_time_dual, noon
from tests.portal.reading import Page
from tests.portal.statements import statements
from tests.signing import open_session

pytestmark = pytest.mark.db
PAGE = f"/staff/{BODY}/standing/"
FILE = f"/staff/{BODY}/standing.csv"
DAY = date(2025, 11, 17)
Look = Callable[..., Page]


def staff(role: str) -> Client:
    """Somebody of the body's staff, signed in."""
    user = User.objects.filter(name=f"Nora {role.title()}").first()
    if user is None:
        user = a_user(f"Nora {role.title()}")
        StaffRole.objects.create(user=user, program=BODY, role=role)
    return open_session(Client(), user)


@pytest.fixture
def nora(cast: Cast) -> Client:
    """The body's manager, signed in for as long as the story runs."""
    with time_machine.travel(noon(DAY), tick=True):
        return staff("manager")


@pytest.fixture
def on(cast: Cast) -> Look:
    """Open the page on a day, signed in on that day."""

    def look(day: date = DAY, query: str = "") -> Page:
        with time_machine.travel(noon(day), tick=True):
            return Page.of(staff("manager").get(PAGE + query))

    return look


def newly(name: str, on: date = date(2025, 5, 10)) -> Member:
    """Somebody who was certified a while ago and learned nothing since."""
    member = a_member(name, None)
    record_certification(
        actor=TESTER,
        member=member,
        program=BODY,
        code="CPCS",
        earned_on=on,
        proof="Notification of passing",
        today=on,
        now=noon(on),
    )
    return member


def lines(nora: Client, query: str = "") -> list[dict[str, str]]:
    """Read the file."""
    with time_machine.travel(noon(DAY), tick=True):
        answer = nora.get(FILE + query)
        text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(text)))


def test_it_counts_and_lists_everybody_with_what_is_missing(
    cast: Cast, on: Look
) -> None:
    first_time_dual(cast)
    newly("Nina New")
    page = on()
    assert page.h1 == "2 of 2 people in good standing"
    rows = [each.text for each in page.one("main").one("tbody").all("tr")]
    bobs = "27.0 of 30.0 CE 14.0 of 15.0 approved"
    credit = "0.0 of 30.0 CE 0.0 of 15.0 approved"
    lacks = "3.0 more, 1.0 of them approved"
    all_of_it = "30.0 more, 15.0 of them approved"
    assert rows == [
        f"Bob Baker Due soon Dec 1, 2025 {bobs} {lacks}",
        f"Nina New In good standing Dec 1, 2028 {credit} {all_of_it}",
    ]
    pills = [each.text for each in page.all("a", "gs-pill")]
    assert pills == ["Everybody 2", "CE missing 2", "In good standing 1", "Due soon 1"]


def test_days_pass_without_anybody_s_doing(cast: Cast, on: Look) -> None:
    first_time_dual(cast)
    said = {
        date(2025, 12, 1): "Due soon",
        date(2025, 12, 2): "Late",
        date(2026, 1, 1): "Lapsed",
        date(2026, 7, 1): "Expired",
    }
    for day, word in said.items():
        assert on(day).one("main").one("tbody").all("span", "gs-tag")[0].text == word
    assert on(date(2026, 7, 1)).h1 == "0 of 1 person in good standing"


def test_a_filter_and_a_name_narrow_page_and_file(
    cast: Cast, on: Look, nora: Client
) -> None:
    first_time_dual(cast)
    newly("Nina New")
    due = on(query="?only=due")
    assert "Bob Baker" in due.text
    assert "Nina New" not in due.text
    found = on(query="?q=nina")
    assert found.h1 == "1 person found"
    assert "Bob Baker" not in found.text
    assert "No one matches." in on(query="?only=lapsed").text
    assert [each["last_name"] for each in lines(nora)] == ["Baker", "New"]
    (line,) = lines(nora, "?only=due&q=bob")
    assert line == {
        "last_name": "Baker",
        "first_name": "Bob",
        "email": cast.bob.email or cast.user("bob").email,
        "standing": "Due soon",
        "cycle_from": "2022-05-10",
        "cycle_until": "2025-12-01",
        "ce_counts_until": "2025-12-01",
        "credits": "27.00",
        "credits_asked": "30.00",
        "approved": "14.00",
        "approved_asked": "15.00",
        "missing": "3.00",
        "missing_approved": "1.00",
    }


def test_odd_addresses_are_answered(on: Look) -> None:
    for query in ("?only=nothing", "?page=99", "?page=x", "?page=-1"):
        assert "No one" in on(query=query).text


@pytest.mark.usefixtures("cast")
def test_a_body_of_terms_says_where_to_look(mona: Client) -> None:
    page = Page.of(mona.get("/staff/acmss/standing/"))
    assert "renews by terms" in page.text
    assert "How everybody stands" not in Page.of(mona.get("/staff/acmss/")).text


def test_the_members_page_leads_a_manager_there_and_nobody_else(nora: Client) -> None:
    with time_machine.travel(noon(DAY), tick=True):
        assert "How everybody stands" in Page.of(nora.get(f"/staff/{BODY}/")).links
        reviewer = staff("reviewer")
        members = Page.of(reviewer.get(f"/staff/{BODY}/"))
        assert "How everybody stands" not in members.links
        assert reviewer.get(PAGE).status_code == 403
        assert reviewer.get(FILE).status_code == 403


def test_another_body_s_manager_reads_none_of_it(cast: Cast, mona: Client) -> None:
    first_time_dual(cast)
    assert mona.get(PAGE).status_code == 404
    assert mona.get(FILE).status_code == 404
    answer = mona.get("/staff/acmss/standing.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert len(text.splitlines()) == 1


@pytest.mark.parametrize("size", [3, 120])
def test_any_number_of_people_takes_as_many_statements(nora: Client, size: int) -> None:
    for number in range(size):
        newly(f"Pat Number{number:03}")
    with time_machine.travel(noon(DAY), tick=True):
        for query in ("", "?only=short", "?q=pat", "?page=2"):
            assert len(statements(nora, PAGE + query)) == 5
    assert len(lines(nora)) == size
