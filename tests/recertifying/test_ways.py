"""The cycle's page leads to what the day allows: apply, more time, back (N5-N8)."""

from datetime import date, time

import pytest
import time_machine
from django.test import Client

from accounts.models import Member, User
from tests.cast import Cast
from tests.portal.reading import Page
from tests.recertifying.living import (
    a_holder,
    applied,
    decided,
    drafted,
    fresh,
    noon,
    pays,
)
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "/me/recertify/namss/"
NOV_3, DEC_1 = date(2025, 11, 3), date(2025, 12, 1)
APPLY, BACK = "Apply for recertification", "Apply for reinstatement"


def shown(member: Member, on: date, hour: time = time(12)) -> Page:
    """The cycle's page at an hour of a day."""
    with time_machine.travel(noon(on, hour), tick=False):
        assert member.user is not None
        client = open_session(Client(), User.objects.get(pk=member.user.pk))
        return Page.of(client.get("/me/?program=namss"))


def button(page: Page) -> tuple[str, str]:
    """The one button that comes first."""
    (primary,) = page.one("main").all("a", "gs-btn-primary")
    return primary.text, primary.attributes["href"]


def ways(page: Page) -> set[str]:
    """What leads to an application."""
    return {
        each.text
        for each in page.one("main").all("a")
        if each.attributes["href"].startswith(PLACE)
        and "#" not in each.attributes["href"]
    }


@pytest.mark.parametrize(
    ("day", "leads"),
    [
        (date(2025, 7, 31), set()),
        (date(2025, 8, 1), {APPLY}),
        (DEC_1, {APPLY}),
        (date(2025, 12, 2), {APPLY}),
        (date(2025, 12, 31), {APPLY}),
        (date(2026, 1, 1), {BACK}),
        (date(2026, 6, 30), {BACK}),
        (date(2026, 7, 1), set()),
    ],
)
def test_each_day_leads_to_what_it_allows(
    cast: Cast, day: date, leads: set[str]
) -> None:
    page = shown(a_holder(), day)
    assert ways(page) == leads
    first = next(iter(leads), "Add CE activity")
    assert button(page)[0] == first


def test_who_lacks_credit_adds_that_first_and_may_ask_for_more_time(
    cast: Cast,
) -> None:
    nora = a_holder(credits=16)
    page = shown(nora, NOV_3)
    assert button(page)[0] == "Add CE activity"
    assert ways(page) == {APPLY, "Request extension"}
    text = page.text
    assert "You have 16.0 credits, and an extension asks 15.0." in text
    assert "It runs to Jun 1, 2026 and costs $50.00" in text
    assert "by Dec 1, 2025, 5:00 PM EST" in text


def test_after_five_on_the_last_day_nobody_is_led_to_ask(cast: Cast) -> None:
    nora = a_holder(credits=16)
    assert "Request extension" in ways(shown(nora, DEC_1, time(17)))
    assert "Request extension" not in ways(shown(nora, DEC_1, time(17, 0, 1)))


def test_short_of_half_it_says_what_an_extension_asks(cast: Cast) -> None:
    text = shown(a_holder(credits=12), NOV_3).text
    assert "You have 12.0 of the 15.0 credits an extension asks." in text


def test_what_was_begun_or_sent_is_gone_on_with(cast: Cast) -> None:
    nora = a_holder()
    row = drafted(nora, NOV_3)
    assert button(shown(nora, NOV_3)) == ("Continue your application", PLACE)
    row = applied(a_holder("Olga Ono"), NOV_3)
    page = shown(row.member, NOV_3)
    assert ways(page) == {"See your application"}
    assert "is submitted and waits for its payment" in page.text
    pays(row.order, NOV_3)
    page = shown(row.member, date(2026, 1, 15))
    assert ways(page) == {"See your application"}
    assert "Your application is under review." in page.text


def test_a_request_in_review_is_shown_and_granted_it_leads_to_apply(
    cast: Cast,
) -> None:
    nora = a_holder(credits=16)
    row = applied(nora, NOV_3, "extension")
    page = shown(nora, NOV_3)
    assert "See your request" in ways(page)
    decided(fresh(row), "approved", date(2025, 12, 5))
    assert ways(shown(nora, date(2026, 3, 1))) == {APPLY}


def test_recertified_there_is_nothing_to_apply_for(cast: Cast) -> None:
    row = applied(a_holder(), NOV_3)
    pays(row.order, NOV_3)
    decided(fresh(row), "approved", date(2025, 11, 20))
    assert ways(shown(row.member, date(2025, 11, 21))) == set()


def test_once_it_is_recertified_nothing_is_to_be_done_or_paid(cast: Cast) -> None:
    row = applied(a_holder(), NOV_3)
    pays(row.order, NOV_3)
    decided(fresh(row), "approved", NOV_3)
    page = shown(row.member, NOV_3)
    said = "Your cycle is recertified. It ends on Dec 1, 2025, and the next one begins."
    assert said in page.text
    assert "What it costs on which day" not in page.text
