"""The assignments page as it opens."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import Administration, Sponsorship
from credentials.models import Product
from tests.cast import BODY, OTHER_BODY, Cast, a_member, certify, given, seats
from tests.portal.reading import Page

pytestmark = pytest.mark.db
ADDRESS = "/p/northside/assignments/"
# What has an icon on each line, in the order of the tiles after Renewals.
OTHERS = (
    "Membership",
    "MSCAT Manual",
    "HIPAA for Scribes",
    "MSCAT Assessment",
    "MSCAT Training",
    "Specialty Certification",
    "Continuing Education",
)


def opened(client: Client, address: str = ADDRESS) -> Page:
    """Open the page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return Page.of(answer)


def test_the_heading_is_the_one_everybody_knows(alice: Client) -> None:
    page = opened(alice)
    assert page.h1 == "Membership and Certification Assignments"
    assert page.title.startswith("Membership and Certification Assignments")


def test_people_stand_in_two_columns_by_family_name_down_the_first(
    alice: Client, cast: Cast
) -> None:
    for name in ("Zoe Abel", "Amy Zorn", "Ann Abel", "Cy Cole"):
        a_member(name, cast.northside)
    page = opened(alice)
    columns = [
        [name.text for name in column.all("", "gs-name")]
        for column in page.all("ul", "gs-column")
    ]
    assert columns == [["Ann Abel", "Zoe Abel", "Bob Baker"], ["Cy Cole", "Amy Zorn"]]


def test_each_tile_says_how_many_can_be_assigned(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 6)
    page = opened(alice)
    assert page.tiles == {"Renewals": "6", **dict.fromkeys(OTHERS, "0")}
    assert "You have 6 renewals to assign." in page.text
    blue, teal = page.one("", "gs-c-blue"), page.all("div", "gs-c-teal")[0]
    assert blue.one("button").attributes["value"] == "renewals"
    assert "gs-tile-out" not in blue.classes
    colours = ["blue", "teal", "purple", "cyan", "olive", "magenta", "brown", "slate"]
    assert [(page.one("div", f"gs-c-{each}").one("h3").text) for each in colours] == (
        ["Renewals", *OTHERS]
    )
    assert "gs-tile-out" in teal.classes


def test_one_seat_is_one_renewal(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    assert "You have 1 renewal to assign." in opened(alice).text


def test_the_seats_of_another_practice_are_not_on_the_tiles(
    alice: Client, cast: Cast
) -> None:
    seats(cast.lakeview, cast.renewals, 7)
    assert opened(alice).tiles["Renewals"] == "0"


def test_two_more_tiles_open_something(alice: Client) -> None:
    views = opened(alice).all("", "gs-tile-view", role="group")
    assert [view.one("h3").text for view in views] == [
        "View Member Record",
        "View Compliance Certificate",
    ]
    assert [view.one("button").text for view in views] == ["View", "View"]


def test_a_body_renames_and_reorders_its_tiles(alice: Client) -> None:
    Product.objects.filter(code="membership").update(label="Joining", order=0)
    assert list(opened(alice).tiles)[:2] == ["Joining", "Renewals"]


def test_a_date_that_has_come_is_red_and_says_renew_now(alice: Client) -> None:
    (bob,) = opened(alice).lines
    assert bob.date == ("now", "Renew now Nov 3, 2025")


@pytest.mark.parametrize(
    ("joined", "shown"),
    [
        (date(2024, 11, 17), ("now", "Renew now Nov 17, 2025")),
        (date(2024, 11, 18), ("due", "Due in 1 day Nov 18, 2025")),
        (date(2024, 12, 1), ("due", "Due in 14 days Dec 1, 2025")),
        (date(2024, 12, 17), ("due", "Due in 30 days Dec 17, 2025")),
        (date(2024, 12, 18), ("plain", "Dec 18, 2025")),
    ],
)
def test_a_dates_colour_has_its_word_a12(
    alice: Client, cast: Cast, joined: date, shown: tuple[str, str]
) -> None:
    amy = a_member("Amy Able", cast.northside)
    given(cast.membership, cast.northside, amy, today=joined)
    assert opened(alice).lines[0].date == shown


def test_the_circle_says_in_a_letter_and_words_how_somebody_renews_a12(
    alice: Client, cast: Cast
) -> None:
    amy = a_member("Amy Able", cast.northside, mode="auto")
    given(cast.membership, cast.northside, amy)
    a_member("Nina New", cast.northside, mode="auto")
    circles = {line.name: line.circle for line in opened(alice).lines}
    assert circles == {
        "Amy Able": ("A", "Auto-renewal"),
        "Bob Baker": ("M", "Manual renewal"),
        "Nina New": ("N", "Non-member"),
    }


def test_somebody_without_a_term_has_no_date_to_be_late_for(
    alice: Client, cast: Cast
) -> None:
    a_member("Amy Able", cast.northside)
    line = opened(alice).lines[0]
    assert line.date == ("none", "No term yet")
    assert line.icons == [f"{label}: not assigned" for label in OTHERS]


def test_an_icon_says_its_state_in_words(alice: Client, cast: Cast) -> None:
    amy = a_member("Amy Able", cast.northside)
    given(cast.membership, cast.northside, amy)
    icons = {line.name: line.icons[0] for line in opened(alice).lines}
    assert icons == {
        "Amy Able": "Membership: current through Nov 16, 2026",
        "Bob Baker": "Membership: ended Nov 2, 2025",
    }


def test_the_first_sentence_says_who_needs_something(alice: Client, cast: Cast) -> None:
    assert "1 person needs you: 1 to renew now." in opened(alice).text
    amy = a_member("Amy Able", cast.northside)
    given(cast.membership, cast.northside, amy, today=date(2024, 12, 1))
    first = "2 people need you: 1 to renew now, 1 due in 30 days."
    assert first in opened(alice).text
    given(cast.renewals, cast.northside, cast.bob, amy)
    assert "Nobody needs a renewal today." in opened(alice).text


def test_the_practice_administrator_is_named(alice: Client, cast: Cast) -> None:
    card = opened(alice).one("", "gs-person")
    named = "AA Practice Administrator Alice Adams"
    assert card.text == f"{named} Change Practice Administrator"
    Administration.objects.filter(practice=cast.northside).update(named=False)
    assert not opened(alice).all("", "gs-person")


def test_nobody_of_another_practice_or_program_is_on_it(
    alice: Client, cast: Cast
) -> None:
    a_member("Otto Other", cast.northside, program=OTHER_BODY)
    a_member("Sue Self", None)
    assert opened(alice).names == ["Bob Baker"]


def test_somebody_who_left_is_off_it_from_that_day(alice: Client, cast: Cast) -> None:
    Sponsorship.objects.filter(member=cast.bob).update(until_on=date(2025, 11, 17))
    page = opened(alice)
    assert page.names == []
    assert "Nobody here. Invite somebody to your practice" in page.text


def test_names_come_out_as_text(alice: Client, cast: Cast) -> None:
    amy = a_member("<b>Amy</b> O'Hara & Söhne", cast.northside)
    certify(amy)
    line = opened(alice).lines[-1]
    assert line.name == "<b>Amy</b> O'Hara & Söhne"


def test_a_box_carries_the_term_the_page_shows(alice: Client, cast: Cast) -> None:
    nina = a_member("Nina New", cast.northside)
    values = {line.name: line.box.attributes["value"] for line in opened(alice).lines}
    assert values == {
        "Bob Baker": f"{cast.bob.pk}.1",
        "Nina New": f"{nina.pk}.0",
    }


def test_each_page_has_a_form_key_of_its_own(alice: Client) -> None:
    keys = {opened(alice).value("form_key") for _ in range(3)}
    assert len(keys) == 3


def test_a_program_nobody_runs_here_is_not_another_ones_page(alice: Client) -> None:
    assert alice.get(f"{ADDRESS}?program={BODY}").status_code == 200
    assert alice.get(f"{ADDRESS}?program={OTHER_BODY}").status_code == 404
