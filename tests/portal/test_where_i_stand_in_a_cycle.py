"""The holder's page of a three-year cycle: where they stand, what it costs (N5-N15)."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client

from core.failures import NotUsable
from credentials.models import StandingPeriod
from tests.cast import Cast
from tests.cycles import BODY, earn, first_time_dual, noon
from tests.portal.reading import Page

pytestmark = pytest.mark.db
PAGE = f"/me/?program={BODY}"


@pytest.fixture
def cycle(cast: Cast) -> None:
    """Bob is dual for the first time, with 27 credits, 14 of them approved."""
    first_time_dual(cast)


@pytest.fixture
def on(bob: Client) -> Callable[..., Page]:
    """Open the page on a day."""

    def look(day: date, query: str = "") -> Page:
        with time_machine.travel(noon(day), tick=True):
            return Page.of(bob.get(PAGE + query))

    return look


@pytest.fixture
def bob(cast: Cast, signed_in: Callable[[str], Client]) -> Client:
    """Bob, signed in for as long as the story runs."""
    return signed_in("bob")


@pytest.mark.usefixtures("cycle")
def test_one_sentence_says_what_is_there_and_missing(on: Callable[..., Page]) -> None:
    page = on(date(2025, 11, 17))
    assert page.h1 == (
        "You have 27.0 of 30.0 CE, 14.0 of 15.0 approved. "
        "3.0 more, 1.0 of them approved, by Dec 1, 2025."
    )
    assert "The application is open. Your cycle ends on Dec 1, 2025: 14 days" in (
        page.text
    )
    bars = page.one("main").all("progress")
    assert [each.text for each in bars] == ["27.0 of 30.0", "14.0 of 15.0"]
    # Earned on the day of certification: it counts in no cycle (N2).
    assert "On the day itself" in page.text
    assert "Counts in no cycle" in page.text


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(2025, 7, 31), "In good standing"),
        (date(2025, 8, 1), "Due soon"),
        (date(2025, 12, 1), "Due soon"),
        (date(2025, 12, 2), "Late"),
        (date(2025, 12, 31), "Late"),
        (date(2026, 1, 1), "Lapsed"),
        (date(2026, 6, 30), "Lapsed"),
        (date(2026, 7, 1), "Expired"),
    ],
)
@pytest.mark.usefixtures("cycle")
def test_the_page_follows_the_calendar(
    on: Callable[..., Page], day: date, word: str
) -> None:
    tag = on(day).one("main").all("span", "gs-tag")[0]
    assert tag.text == word


@pytest.mark.usefixtures("cycle")
def test_it_says_what_it_costs_on_which_day(on: Callable[..., Page]) -> None:
    page = on(date(2025, 12, 2))
    (costs,) = [
        each
        for each in page.one("main").all("section")
        if each.attributes.get("aria-labelledby") == "costs"
    ]
    assert [each.text for each in costs.all("li")] == [
        (
            "Aug 1 to Dec 1, 2025 Recertification "
            "Member of the society $225.00 , others $400.00"
        ),
        (
            "Dec 2 to Dec 31, 2025 (now) Recertification and late application "
            "Member of the society $275.00 , others $450.00"
        ),
        (
            "Jan 1 to Jun 30, 2026 Recertification and reinstatement "
            "Member of the society $375.00 , others $550.00"
        ),
        "From Jul 1, 2026 Only a new exam",
    ]


@pytest.mark.usefixtures("cycle")
def test_what_if_answers_and_saves_nothing(on: Callable[..., Page], cast: Cast) -> None:
    before = cast.bob.activities.count()
    page = on(date(2025, 11, 17), "&min-approved_education=180")
    assert (
        "With these you would have 30.0 of 30.0 CE, 17.0 of 15.0 approved. "
        "The credit of this cycle would be complete." in page.text
    )
    odd = on(date(2025, 11, 17), "&min-approved_education=soon&take=nothing")
    assert "Nothing of this brings credit." in odd.text
    assert cast.bob.activities.count() == before


@pytest.mark.usefixtures("cycle")
def test_standing_is_stored_for_every_day_of_the_life(cast: Cast) -> None:
    newest = StandingPeriod.objects.filter(member=cast.bob, program=BODY)
    recording = newest.order_by("-recording").values_list("recording", flat=True)[0]
    rows = newest.filter(recording=recording).order_by("from_on")
    assert list(rows.values_list("from_on", "standing")) == [
        (date.min, "none"),
        (date(2022, 5, 10), "good"),
        (date(2025, 8, 1), "due"),
        (date(2025, 12, 2), "late"),
        (date(2026, 1, 1), "lapsed"),
        (date(2026, 7, 1), "expired"),
    ]


def test_without_a_certification_it_says_so(on: Callable[..., Page]) -> None:
    page = on(date(2025, 11, 17))
    assert page.h1 == "You hold no certification here yet."


@pytest.mark.usefixtures("cycle")
def test_the_pages_of_both_programs_lead_to_each_other(
    on: Callable[..., Page], bob: Client
) -> None:
    assert "Your other programs" in on(date(2025, 11, 17)).text
    with time_machine.travel(noon(date(2025, 11, 17)), tick=True):
        other = Page.of(bob.get("/me/?program=acmss"))
    assert "NAMSS" in other.links


@pytest.mark.usefixtures("cycle")
def test_the_transcript_is_by_cycle(bob: Client) -> None:
    with time_machine.travel(noon(date(2025, 11, 17)), tick=True):
        page = Page.of(bob.get(f"/me/transcript/?program={BODY}"))
        paper = bob.get(f"/me/transcript.pdf?program={BODY}")
    assert "Cycle May 10, 2022 to Dec 1, 2025" in page.text
    assert paper.status_code == 200
    assert paper["Content-Type"] == "application/pdf"


@pytest.mark.usefixtures("cycle")
def test_an_exam_passed_again_after_expiry_begins_anew(
    on: Callable[..., Page], cast: Cast
) -> None:
    day = date(2026, 8, 3)
    with time_machine.travel(noon(day), tick=True):
        earn(cast, "CPCS", day)
    page = on(date(2026, 8, 4))
    assert "You have 0.0 of 30.0 CE" in page.h1
    assert "CPCS, cycle Aug 3, 2026 to Dec 1, 2029" in page.text
    held = page.one("section", "", **{"aria-labelledby": "held"}).all("li")
    assert [each.text.split(" ", 2)[::2] for each in held] == [
        ["CPCS", "earned May 10, 2022, not in force"],
        ["CPMSM", "earned Jun 30, 2024, not in force"],
        ["CPCS", "since Aug 3, 2026"],
    ]


@pytest.mark.usefixtures("cycle")
@pytest.mark.parametrize("day", [date(2025, 11, 17), date(2026, 6, 30)])
def test_a_credential_that_is_held_is_not_earned_again(cast: Cast, day: date) -> None:
    with pytest.raises(NotUsable, match="already holds CPCS"):
        earn(cast, "CPCS", day)


@pytest.mark.usefixtures("cycle")
def test_nobody_earns_it_twice_after_one_expiry(cast: Cast) -> None:
    earn(cast, "CPCS", date(2026, 8, 3))
    for day in (date(2026, 7, 15), date(2026, 8, 4)):
        with pytest.raises(NotUsable, match="already holds CPCS"):
            earn(cast, "CPCS", day)
