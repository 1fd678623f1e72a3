"""Selecting all who match, however many pages they fill; and the table of people."""

from datetime import date

import pytest
from django.test import Client

from credentials.models import Assignment
from tests.cast import Cast, a_member, given, seats
from tests.matrix.asking import checksum
from tests.portal.crowd import crowd
from tests.portal.pressing import ADDRESS, followed, left
from tests.portal.products import stocked
from tests.portal.reading import Page

pytestmark = pytest.mark.db
ALL = {"type": "checkbox", "name": "everybody"}


def everybody(page: Page, tile: str) -> dict[str, str]:
    """What the page sends when all who match are to be assigned a product."""
    return {
        "form_key": page.value("form_key"),
        "everybody": page.one("input", **ALL).attributes["value"],
        "assign": tile,
    }


def test_all_of_several_pages_are_assigned(alice: Client, cast: Cast) -> None:
    crowd(cast.northside, 150)
    hipaa = stocked(cast, "hipaa", 200)
    page = Page.of(alice.get(ADDRESS))
    assert len(page.lines) == 100
    (label,) = (each for each in page.all("label") if each.all("input", **ALL))
    assert label.text == "Select all 151"
    done = followed(alice, alice.post(ADDRESS, everybody(page, "hipaa")))
    assert done.notices[0].startswith("HIPAA for Scribes assigned to ")
    assert "and 141 more." in done.notices[0]
    assert left(cast.northside, hipaa) == 49
    assert Assignment.objects.filter(product=hipaa).count() == 151


def test_each_page_means_the_same_people(alice: Client, cast: Cast) -> None:
    crowd(cast.northside, 210)
    given(cast.renewals, cast.northside, cast.bob)
    pages = [Page.of(alice.get(f"{ADDRESS}?page={number}")) for number in (1, 2, 3)]
    meant = {everybody(page, "hipaa")["everybody"] for page in pages}
    # Of 210, each fourth has no term; Bob has two.
    assert meant == {"211.160"}


@pytest.mark.parametrize("tile", ["hipaa", "renewals"])
def test_the_same_form_twice_assigns_once_and_says_the_same(
    alice: Client, cast: Cast, tile: str
) -> None:
    amy = a_member("Amy Able", cast.northside)
    given(cast.membership, cast.northside, amy, today=date(2024, 12, 1))
    product = stocked(cast, tile, 9)
    fields = everybody(Page.of(alice.get(ADDRESS)), tile)
    first, second = (followed(alice, alice.post(ADDRESS, fields)) for _ in range(2))
    assert first.notices == second.notices
    assert left(cast.northside, product) == 7


def test_a_filter_and_a_search_narrow_whom_it_means(alice: Client, cast: Cast) -> None:
    crowd(cast.northside, 8)
    hipaa = stocked(cast, "hipaa", 20)
    at = f"{ADDRESS}?only=due&q=person"
    page = Page.of(alice.get(at))
    assert "Select all 2 who match" in page.text
    followed(alice, alice.post(at, everybody(page, "hipaa")))
    named = Assignment.objects.filter(product=hipaa)
    assert {row.member.name for row in named} == set(page.names)


@pytest.mark.parametrize("what", ["one came", "one was renewed", "typed"])
def test_when_others_match_than_were_counted_nothing_is_assigned(
    alice: Client, cast: Cast, what: str
) -> None:
    a_member("Amy Able", cast.northside)
    stocked(cast, "hipaa", 20)
    fields = everybody(Page.of(alice.get(ADDRESS)), "hipaa")
    if what == "one came":
        a_member("Cy Cole", cast.northside)
    elif what == "one was renewed":
        given(cast.renewals, cast.northside, cast.bob)
    else:
        fields["everybody"] = "2.\x00"
    before = checksum()
    answer = alice.post(ADDRESS, fields)
    assert answer.status_code == 409
    page = Page.of(answer)
    assert page.problems[0].startswith("The people who match have changed")
    assert "checked" in page.one("input", **ALL).attributes
    assert checksum() == before


def test_more_than_can_be_done_at_once_are_not_offered(
    alice: Client, cast: Cast
) -> None:
    crowd(cast.northside, 500)
    assert not Page.of(alice.get(ADDRESS)).all("input", **ALL)
    assert Page.of(alice.get(f"{ADDRESS}?q=person")).all("input", **ALL)
    assert not Page.of(alice.get(f"{ADDRESS}?q=bob")).all("input", **ALL)


def test_a_choice_and_skipping_keep_them_selected(alice: Client, cast: Cast) -> None:
    a_member("Amy Able", cast.northside)
    given(cast.membership, cast.northside, a_member("Cy Cole", cast.northside))
    stocked(cast, "specialty")
    asked = Page.of(
        alice.post(ADDRESS, everybody(Page.of(alice.get(ADDRESS)), "specialty"))
    )
    assert "For Amy Able, Bob Baker, Cy Cole." in asked.text
    fields = asked.form_at(ADDRESS) | {"choice": "oncology"}
    assert len(fields["member"]) == 3
    followed(alice, alice.post(ADDRESS, fields))
    seats(cast.northside, cast.renewals, 5)
    check = Page.of(
        alice.post(ADDRESS, everybody(Page.of(alice.get(ADDRESS)), "renewals"))
    )
    assert check.h1 == "1 person is skipped"
    assert "Amy Able is not a member yet." in check.text


def test_the_table_shows_the_same_people_and_sends_the_same_form(
    alice: Client, cast: Cast
) -> None:
    amy = a_member("Amy Able", cast.northside, mode="auto")
    given(cast.membership, cast.northside, amy, today=date(2024, 12, 1))
    hipaa = stocked(cast, "hipaa")
    columns = Page.of(alice.get(f"{ADDRESS}?q=a"))
    page = Page.of(alice.get(f"{ADDRESS}{columns.links['Table']}"))
    rows = page.one("table", "gs-people").one("tbody").all("tr")
    assert [[cell.text for cell in row.all("td")[1:3]] for row in rows] == [
        ["A Auto-renewal", "Due in 14 days Dec 1, 2025"],
        ["M Manual renewal", "Renew now Nov 3, 2025"],
    ]
    assert [row.one("th").text for row in rows] == ["Amy Able", "Bob Baker"]
    assert len(rows[0].all("i", "gs-q")) == 7
    assert page.pills["Renew now 1"] == "?only=renew&view=table"
    box = rows[1].one("input").attributes["value"]
    fields = {"form_key": page.value("form_key"), "member": box, "assign": "hipaa"}
    answer = alice.post(f"{ADDRESS}?q=a&view=table", fields)
    assert answer.headers["Location"] == f"{ADDRESS}?q=a&view=table"
    assert Assignment.objects.get(product=hipaa).member == cast.bob
    assert Page.of(alice.get(f"{ADDRESS}?view=<b>")).lines
