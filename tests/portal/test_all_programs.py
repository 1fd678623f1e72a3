"""All of somebody's programs on one page: what is due where, and never a sum."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.asking import Caller
from tests.cast import Cast, credit, given
from tests.cycles import BODY, first_time_dual
from tests.portal.reading import Page
from tests.portal.test_my_cme import FIRST, learnt

pytestmark = pytest.mark.db
HERE = "/me/all/"


@pytest.fixture
def held(cast: Cast, today: date) -> Cast:
    """Bob holds two credentials of two bodies, and learns for a third."""
    given(cast.renewals, cast.northside, cast.bob)
    first_time_dual(cast)
    learnt(cast.bob, FIRST, "2.50", date(2025, 3, 1))
    return cast


def cards(page: Page) -> dict[str, str]:
    """What each program's card says."""
    return {each.one("h2").text: each.text for each in page.all("section", "gs-card")}


def test_each_program_says_what_is_due_by_when_in_its_own_unit(
    bob: Client, held: Cast
) -> None:
    page = Page.of(bob.get(HERE))
    found = list(cards(page).values())
    assert len(found) == 3
    terms, licence, cycles = found
    assert "You have 0.0 of 3.0 CME. 3.0 more by Nov 16, 2026." in terms
    assert "Nov 16, 2026: 3.0 CME more" in terms
    assert "Nov 17, 2026: Renew your membership" in terms
    assert "Add CE activity" in terms
    assert "You have 27.0 of 30.0" in cycles
    assert "Dec 1, 2025: Your cycle ends" in cycles
    assert "Dec 1, 2025: 3.0 CE more" in cycles
    # It opened on Aug 1: nothing that is due.
    assert "The application opens" not in cycles.partition("Due ")[2]
    assert "First due: Dec 1, 2025: 3.0 CE more" in page.text
    assert "In 2025 you earned 2.5 AMA PRA Category 1 Credit." in licence
    assert "My CME" in licence
    # 0.0 + 27.0 + 2.5, or 3.0 + 3.0 missing: no such figure stands anywhere.
    assert "29.5" not in page.text
    assert "6.0" not in page.text
    assert page.links["My CME , Massachusetts Medical Society"] == (
        "/me/transcript/?program=mms"
    )
    other = Page.of(bob.get("/me/"))
    assert other.links["All on one page"] == HERE


def test_rest_says_the_same(bob: Client, held: Cast) -> None:
    own = Caller("/api/v1/me", {}, bob)
    found = own.get("standing").json()
    assert set(found) == {"programs"}
    terms, licence, cycles = found["programs"]
    assert (terms["program"], terms["credit"]["missing"]) == ("acmss", "3.0")
    assert {"what": "3.0 CME more", "by": "2026-11-16"} in terms["due"]
    assert (cycles["program"], cycles["standing"]) == (BODY, "due")
    assert cycles["credit"]["have"] == "27.0"
    assert (licence["standing"], licence["credit"], licence["due"]) == (None, None, [])


def test_it_asks_no_more_however_much_was_done(bob: Client, held: Cast) -> None:
    bob.get(HERE)
    with CaptureQueriesContext(
        connection,
    ) as before:
        bob.get(HERE)
    for day in range(1, 13):
        credit(held.bob, "0.5", on=date(2025, 1, day))
        learnt(held.bob, FIRST, str(Decimal(1)), date(2025, 2, day))
    with CaptureQueriesContext(connection) as after:
        bob.get(HERE)
    assert len(after) == len(before) <= 80


def test_whoever_holds_nothing_is_told_so(signed_in: object, cast: Cast) -> None:
    assert callable(signed_in)
    page = Page.of(signed_in("charlie").get(HERE))
    assert page.h1 == "All your programs"
