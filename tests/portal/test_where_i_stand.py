"""The holder's page: every total with its why, every activity with what comes next."""

from datetime import date, timedelta

import pytest
from django.test import Client

from ce_credits.models import Activity
from tests.cast import Cast, credit, given
from tests.ce.reporting import a_draft, decided, submitted
from tests.portal.reading import Node, Page
from tests.portal.writing import NEW, place

pytestmark = pytest.mark.db
TODAY = date(2025, 11, 17)


@pytest.fixture(autouse=True)
def renewed(cast: Cast, today: date) -> None:
    """Bob's term began today, with nothing in it yet."""
    given(cast.renewals, cast.northside, cast.bob)


def me(client: Client) -> Page:
    """The page as it is now."""
    return Page.of(client.get("/me/"))


def trio(page: Page) -> dict[str, tuple[str, str]]:
    """Each total with the few words below it."""
    found: list[Node] = page.one("dl", "gs-trio").all("div")
    return {
        each.one("dt").text: (each.all("dd")[0].text, each.all("dd")[1].text)
        for each in found
    }


def why(page: Page, title: str) -> str:
    """What is said of a total when one asks why."""
    (found,) = [
        each
        for each in page.one("div", "gs-whys").all("details")
        if each.one("summary").text == title
    ]
    return found.text


def test_the_first_button_adds_an_activity(bob: Client, cast: Cast) -> None:
    page = me(bob)
    (primary,) = page.one("main").all("a", "gs-btn-primary")
    href = f"{NEW}?program=acmss"
    assert (primary.text, primary.attributes["href"]) == ("Add CE activity", href)
    assert {"Where you stand", "Add CE activity", "Transcript"} <= set(page.links)


def test_nothing_reported_yet_says_so(bob: Client, cast: Cast) -> None:
    page = me(bob)
    assert page.h1 == "You have 0.0 of 3.0 CME. 3.0 more by Nov 16, 2026."
    assert trio(page) == {
        "Completed": ("0.0", "0 activities"),
        "Applied": ("0.0", "nothing yet"),
        "Still needed": ("3.0", "by Nov 16, 2026"),
    }
    assert "Nothing reported yet for this term." in page.text


def test_what_counts_and_what_does_not_are_told_apart(bob: Client, cast: Cast) -> None:
    submitted(cast.bob, 60, on=TODAY, title="Counts")
    decided(submitted(cast.bob, 90, on=TODAY, title="Sold things"), "rejected")
    decided(submitted(cast.bob, 20, on=TODAY, title="Half a proof"), "returned")
    submitted(cast.bob, 135, on=TODAY, title="A long day")
    page = me(bob)
    assert page.h1 == "You have 1.0 of 3.0 CME. 2.0 more by Nov 16, 2026."
    assert trio(page) == {
        "Completed": (
            "1.0",
            ("1 activity, 1 waiting for staff, 1 needs information, 1 not accepted"),
        ),
        "Applied": ("1.0", "all of it counts"),
        "Still needed": ("2.0", "by Nov 16, 2026"),
    }


def test_every_total_says_which_activities_make_it_up(bob: Client, cast: Cast) -> None:
    submitted(cast.bob, 60, on=TODAY, title="Counts")
    decided(submitted(cast.bob, 90, on=TODAY, title="Sold things"), "rejected")
    submitted(cast.bob, 135, on=TODAY, title="A long day")
    submitted(cast.bob, 60, on=date(2024, 1, 5), title="Too early")
    page = me(bob)
    completed = why(page, "Why Completed is 1.0")
    for part in (
        "Reported and counting Counts Nov 17, 2025 1.0",
        "until you send it again Sold things Not accepted 0.0",
        "Waiting for staff, no credit yet A long day",
        "Before your first term: counts in none Too early",
    ):
        assert part in " ".join(completed.split())
    applied = " ".join(why(page, "Why Applied is 1.0").split())
    assert "Counts Counts Nov 17, 2025 1.0" in applied
    assert "Sold things" not in applied
    needed = why(page, "Why 2.0 is still needed")
    assert "ACMSS asks 3.0 CME in each term (rule A3, Annual CME requirements" in needed
    assert "3.0 asked, 1.0 applied: 2.0 still needed by Nov 16, 2026." in needed


def test_a_term_that_is_complete_needs_nothing_more(bob: Client, cast: Cast) -> None:
    credit(cast.bob, "3.5", on=TODAY)
    page = me(bob)
    assert page.h1 == "You have 3.5 of 3.0 CME. This term is complete."
    assert trio(page)["Still needed"] == ("0.0", "nothing more")
    assert "3.0 asked, 3.5 applied: 0.0 still needed." in (
        why(page, "Why nothing more is needed")
    )


def test_drafts_and_what_was_sent_back_lead_on(bob: Client, cast: Cast) -> None:
    draft = a_draft(cast.bob)
    Activity.objects.filter(pk=draft.pk).update(
        typed={"kind": "webinar", "title": "Half (45 min)"}, title="Half (45 min)"
    )
    returned = decided(submitted(cast.bob, on=TODAY, title="Page 1"), "returned")
    page = me(bob)
    assert page.links["Continue Half (45 min)"] == place(draft, "edit/")
    assert page.links["Add what is missing Page 1"] == place(returned, "edit/")
    assert "+1.0 CME" in page.text
    assert "Draft, not counted. Once it is submitted with proof: 45 min → 1.0 CME" in (
        page.text
    )


def test_what_is_missing_has_ways_to_come(bob: Client, cast: Cast) -> None:
    (ways,) = me(bob).all("section", **{"aria-labelledby": "ways"})
    assert ways.one("h2").text == "Where the next 3.0 can come from"
    assert [each.text for each in ways.all("li")] == [
        "Any activity under 30 min → 0.5 CME",
        "Any activity over 30 and up to 60 min → 1.0 CME",
        "Any activity over 60 and up to 90 min → 1.5 CME",
        "Any activity over 90 and up to 120 min → 2.0 CME",
    ]
    credit(cast.bob, "3.0", on=TODAY)
    assert not me(bob).all("section", **{"aria-labelledby": "ways"})


def test_what_waits_outside_the_term_is_not_forgotten(bob: Client, cast: Cast) -> None:
    old = date(2025, 10, 2)
    decided(submitted(cast.bob, on=old, title="Sent back"), "returned")
    submitted(cast.bob, 135, on=old + timedelta(days=1), title="Waits")
    submitted(cast.bob, 45, on=old, title="Long counted")
    submitted(cast.bob, 45, on=date(2024, 1, 5), title="Too early")
    (section,) = me(bob).all("section", **{"aria-labelledby": "elsewhere"})
    titles = [each.text for each in section.all("p", "gs-row-title")]
    assert titles == ["Waits", "Sent back", "Too early"]


def test_a_long_term_shows_the_newest_and_leads_to_the_rest(
    bob: Client, cast: Cast
) -> None:
    for _ in range(23):
        credit(cast.bob, "0.5", on=TODAY)
    page = me(bob)
    shown = page.one("section", **{"aria-labelledby": "activities-1"})
    assert len(shown.all("div", "gs-credit")) == 20
    assert page.links["3 more in your transcript"] == "/me/transcript/?program=acmss"


def test_a_practice_and_staff_read_the_same_totals(
    bob: Client, alice: Client, erin: Client, cast: Cast
) -> None:
    submitted(cast.bob, 60, on=TODAY, title="Counts")
    decided(submitted(cast.bob, 90, on=TODAY, title="Sold things"), "rejected")
    record = Page.of(alice.get(f"/p/northside/members/{cast.bob.pk}/"))
    figures = {name: figure for name, (figure, _) in trio(record).items()}
    assert figures == {name: figure for name, (figure, _) in trio(me(bob)).items()}
    staff = Page.of(erin.get(f"/staff/acmss/members/{cast.bob.pk}/"))
    assert "1.0 of 3.0 CME this term." in staff.text
    assert "Sold things" in staff.text
