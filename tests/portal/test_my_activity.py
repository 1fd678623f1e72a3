"""One activity as its holder sees it: status, credit with its reason, what to do."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from ce_credits.models import Activity, CreditAward
from tests.cast import Cast, credit
from tests.ce.reporting import a_draft, decided, submitted
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.writing import place

pytestmark = pytest.mark.db
ON = date(2025, 10, 2)
Make = Callable[[Cast], Activity]


def waiting(cast: Cast) -> Activity:
    """Longer than any band."""
    return submitted(cast.bob, 135)


STATES: dict[str, tuple[Make, str, str, str]] = {
    "submitted": (
        lambda cast: submitted(cast.bob),
        "Submitted",
        "It counts. Staff may still ask for more.",
        "",
    ),
    "waiting": (
        waiting,
        "Under review",
        "A staff member decides on the credit.",
        "",
    ),
    "approved": (
        lambda cast: decided(submitted(cast.bob), "accepted"),
        "Approved",
        "Staff approved this.",
        "",
    ),
    "not accepted": (
        lambda cast: decided(submitted(cast.bob), "rejected"),
        "Not accepted",
        "You can correct it and send it again.",
        "Correct and send again",
    ),
    "returned": (
        lambda cast: decided(submitted(cast.bob), "returned"),
        "Needs information",
        "Staff need more information.",
        "Add what is missing",
    ),
    "draft": (lambda cast: a_draft(cast.bob), "Draft", "This is a draft.", "Continue"),
}


@pytest.mark.parametrize("state", STATES)
def test_the_page_says_where_it_stands_and_what_to_do(
    bob: Client, cast: Cast, state: str
) -> None:
    make, word, advice, action = STATES[state]
    activity = make(cast)
    page = Page.of(bob.get(place(activity)))
    assert page.one("", "gs-verdict").one("span", "gs-tag").text == word
    assert advice in page.text
    ways = {"Continue", "Add what is missing", "Correct and send again"}
    assert ways & set(page.links) == ({action} if action else set())
    withdraw = {"Withdraw", "Discard draft"} & set(page.links)
    assert bool(withdraw) is (state != "approved")


def test_the_reason_of_staff_is_quoted(bob: Client, cast: Cast) -> None:
    activity = decided(
        submitted(cast.bob), "rejected", ground="other", words="No such webinar."
    )
    page = Page.of(bob.get(place(activity)))
    text = "Another reason, in the reviewer's words. No such webinar."
    assert f"Staff wrote: {text}" in page.text
    assert page.one("p", "gs-quote").text == "0.0 CME"
    assert "Not accepted: Another reason" in page.text


def test_the_reason_is_not_shown_once_it_was_sent_again(
    bob: Client, cast: Cast
) -> None:
    activity = decided(submitted(cast.bob), "returned", words="Page 2?")
    assert "Staff wrote: Page 2?" in Page.of(bob.get(place(activity))).text
    decided(activity, "accepted", words="Found it.")
    page = Page.of(bob.get(place(activity)))
    assert "Staff wrote" not in page.text
    # It stays in the history.
    assert "Page 2?" in page.text


def test_credit_is_worked_out_in_the_open(bob: Client, cast: Cast) -> None:
    page = Page.of(bob.get(place(submitted(cast.bob, 30))))
    shown = page.one("details", "gs-why").text
    for part in (
        "Rule A5",
        "ACMSS, in force since Jan 1, 2017",
        "CMS/MLN webinar, 30 min, done on Oct 2, 2025",
        "Ruling A5",
        "counts from Nov 17, 2025",
        "3.0 without it, 3.5 with it",
    ):
        assert part in shown
    assert "Counts in your term Nov 3, 2024 to Nov 2, 2025." in page.text


def test_what_staff_recorded_shows_which_proof_they_saw(
    bob: Client, cast: Cast
) -> None:
    activity = credit(cast.bob, "1.0", on=ON).activity
    assert "Seen by staff: seen" in Page.of(bob.get(place(activity))).text


def test_withdrawing_is_asked_first_and_names_it(bob: Client, cast: Cast) -> None:
    activity = submitted(cast.bob)
    before = checksum()
    page = Page.of(bob.get(place(activity, "withdraw/")))
    assert page.h1 == "Withdraw “Webinar”?"
    assert "Its 1.0 credits stop counting today, Nov 17, 2025." in page.text
    assert page.links["Keep it"] == place(activity)
    assert checksum() == before


def test_a_withdrawn_activity_counts_nothing_and_is_gone(
    bob: Client, cast: Cast
) -> None:
    activity = submitted(cast.bob)
    page = followed(bob, bob.post(place(activity, "withdraw/"), {"seen": "1"}))
    assert page.notices == ["Withdrawn: Webinar."]
    assert CreditAward.objects.filter(activity=activity).latest("sequence").credits == 0
    for tail in ("", "edit/", "withdraw/"):
        assert bob.get(place(activity, tail)).status_code == 404


def test_a_draft_is_discarded(bob: Client, cast: Cast) -> None:
    draft = a_draft(cast.bob)
    assert Page.of(bob.get(place(draft, "withdraw/"))).h1.startswith("Discard")
    page = followed(bob, bob.post(place(draft, "withdraw/"), {"seen": "0"}))
    assert page.notices == ["Discarded: Untitled activity."]


def test_what_staff_approved_is_not_withdrawn(bob: Client, cast: Cast) -> None:
    activity = decided(submitted(cast.bob), "accepted")
    page = Page.of(bob.get(place(activity, "withdraw/")))
    assert "Ask them if it has to go." in page.text
    assert not page.one("main").all("button")
    before = checksum()
    answer = bob.post(place(activity, "withdraw/"), {"seen": str(activity.version)})
    assert answer.status_code == 409
    assert "Staff approved this activity." in Page.of(answer).text
    assert checksum() == before


@pytest.mark.parametrize("seen", ["0", "", "x", "-1", "99"])
def test_a_page_that_is_old_withdraws_nothing(
    bob: Client, cast: Cast, seen: str
) -> None:
    activity = submitted(cast.bob)
    before = checksum()
    page = followed(bob, bob.post(place(activity, "withdraw/"), {"seen": seen}))
    assert "This activity changed since you opened the page." in page.notices[0]
    assert checksum() == before
