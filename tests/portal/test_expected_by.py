"""Of what reports itself the holder sees by when it is due, or what came (N12)."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import Member
from tests.cast import Cast
from tests.ce.society import certified
from tests.feeds.feeding import an_item, done_by, taken
from tests.portal.society import checked
from tests.portal.test_kinds_that_ask_more import told

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]
KIND = "sponsored_education"


@pytest.fixture(autouse=True)
def holder(cast: Cast) -> Member:
    """Bob is certified; the body has an hour of ethics."""
    certified(cast.bob)
    an_item()
    return cast.bob


def said(bob: Client, on: str, **typed: str) -> str:
    """What the form says of an hour of that day, on Nov 17, 2025."""
    return told(checked(bob, kind=KIND, minutes="60", on=on, **typed))


def test_a_conference_counts_from_the_day_its_evaluation_closes(bob: Client) -> None:
    an_item("CONF-1", title="The conference", evaluation_deadline=date(2025, 11, 7))
    assert said(bob, "2025-10-02", item="CONF-1") == (
        "This reports itself: it is due to appear by Nov 24, 2025, after its "
        "evaluation closes Nov 7, 2025 (N12). Report it only if it is missing after "
        "that."
    )
    # The same day without the conference was due long ago.
    assert "and nothing came" in said(bob, "2025-10-02", item="ETH-1")


def test_what_is_not_due_yet_names_the_tenth_business_day(bob: Client) -> None:
    # Veterans Day and two weekends lie between.
    assert said(bob, "2025-11-06") == (
        "This reports itself: it is due to appear by Nov 21, 2025 (N12). Report it "
        "only if it is missing after that."
    )


def test_on_its_last_day_it_is_not_missing_yet_and_a_day_later_it_is(
    bob: Client,
) -> None:
    assert "due to appear by Nov 17, 2025 (N12). Report it only" in said(
        bob, "2025-10-31"
    )
    assert said(bob, "2025-10-30") == (
        "This was due to appear by Nov 14, 2025 (N12), and nothing came. Say that it "
        "is missing, or report it here with its proof: staff look at it. If it comes "
        "later, it counts once. A credit is missing"
    )


def test_what_is_there_already_is_named(bob: Client, holder: Member) -> None:
    taken(done_by(holder))
    assert said(bob, "2025-10-02") == (
        "This reports itself. Of Oct 2, 2025 there is already: “Ethics for all”. "
        "Report only what is missing: the same activity counts once."
    )


def test_what_waits_for_staff_need_not_be_reported(bob: Client, holder: Member) -> None:
    taken(done_by(holder, minutes="x"))
    assert "came and waits for staff" in said(bob, "2025-10-02")


def test_what_came_for_somebody_else_is_told_to_nobody(bob: Client, cast: Cast) -> None:
    other = cast.charlie
    certified_other = done_by(other, number="CPCS-0")
    taken(certified_other)
    assert "nothing came" in said(bob, "2025-10-02")


def test_earlier_education_says_nothing_of_it(bob: Client) -> None:
    page = checked(bob, kind=KIND, minutes="60", on="2024-10-02")
    assert "reports itself" not in page.text
