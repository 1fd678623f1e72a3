"""Filters, search and paging of the assignments page."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.cast import Cast, a_member, given
from tests.portal.crowd import crowd
from tests.portal.reading import Page

pytestmark = pytest.mark.db
ADDRESS = "/p/northside/assignments/"
APOSTROPHES = "'\u2018\u2019\u02bc"


def opened(client: Client, **query: str) -> Page:
    """Open the page with a query."""
    answer = client.get(f"{ADDRESS}?{urlencode(query)}")
    assert answer.status_code == 200
    return Page.of(answer)


@pytest.fixture
def four(cast: Cast) -> None:
    """Make one person of each standing; Bob is to renew now."""
    joined = {"Dora Due": date(2024, 12, 1), "Gil Good": date(2025, 6, 1)}
    for name, on in joined.items():
        given(cast.membership, cast.northside, a_member(name, cast.northside), today=on)
    a_member("Nina New", cast.northside)


@pytest.mark.usefixtures("four")
def test_each_filter_counts_its_people_and_shows_them(alice: Client) -> None:
    pills = opened(alice).pills
    assert list(pills) == [
        "All 4",
        "Renew now 1",
        "Due in 30 days 1",
        "Non-members 1",
    ]
    shown = [Page.of(alice.get(f"{ADDRESS}{url}")).names for url in pills.values()]
    assert shown == [
        ["Bob Baker", "Dora Due", "Gil Good", "Nina New"],
        ["Bob Baker"],
        ["Dora Due"],
        ["Nina New"],
    ]


@pytest.mark.usefixtures("four")
def test_the_filter_in_use_is_marked(alice: Client) -> None:
    for asked, label in (
        ({"only": "due"}, ["Due in 30 days 1"]),
        ({"only": "due", "q": "dora"}, ["Due in 30 days 1"]),
        ({"q": "dora"}, []),
        ({}, ["All 4"]),
    ):
        page = opened(alice, **asked)
        marked = page.all("a", "gs-pill", **{"aria-current": "true"})
        assert [pill.text for pill in marked] == label


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("only", ["all", "RENEW", "x" * 5000, "' OR 1=1"])
def test_a_filter_that_is_none_shows_everybody(alice: Client, only: str) -> None:
    assert len(opened(alice, only=only).names) == 4


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("bob", ["Bob Baker"]),
        ("BAKER", ["Bob Baker"]),
        ("ake bo", ["Bob Baker"]),
        ("  Nina  ", ["Nina New"]),
        ("bob due", []),
        ("", ["Bob Baker", "Dora Due", "Gil Good", "Nina New"]),
        ("   ", ["Bob Baker", "Dora Due", "Gil Good", "Nina New"]),
    ],
)
def test_every_word_of_a_search_must_be_in_the_name(
    alice: Client, q: str, found: list[str]
) -> None:
    assert opened(alice, q=q).names == found


@pytest.mark.parametrize(
    ("name", "q"),
    [
        ("Pat O'Hara", "o'hara"),
        ('Ann "Nan" Lee', '"nan"'),
        ("Percy 100%", "100%"),
        ("Una_Score Low", "a_s"),
        ("Back\\Slash Sly", "k\\s"),
        ("Zoë Ørsted", "Zoë Ør"),
        ("王 小明", "小明"),
        ("Tag <b>", "<b>"),
    ],
)
def test_signs_in_a_search_are_only_letters(
    alice: Client, cast: Cast, name: str, q: str
) -> None:
    a_member(name, cast.northside)
    page = opened(alice, q=q)
    assert page.names == [name]
    assert page.one("input", type="search").attributes["value"] == q


@pytest.mark.parametrize(
    ("name", "q"),
    [
        ("Carla Benítez", "benitez"),
        ("Carla Benítez", "BENÍTEZ"),
        ("Carla Benitez", "benítez"),
        ("Zoë Ørsted", "zoe orsted"),
        *(
            (f"Pat O{kept}Hara", f"o{typed}hara")
            for kept in APOSTROPHES
            for typed in APOSTROPHES
        ),
        ("がく 高橋", "がく"),
        ("Ann Lee", "ann. @mail.example"),
    ],
)
def test_a_search_finds_by_address_and_whatever_the_accents(
    alice: Client, cast: Cast, name: str, q: str
) -> None:
    a_member(name, cast.northside)
    assert opened(alice, q=q).names == [name]


def test_a_letter_of_another_script_stays_itself(alice: Client, cast: Cast) -> None:
    a_member("がく 高橋", cast.northside)
    assert opened(alice, q="かく").names == []


@pytest.mark.parametrize("q", ["%", "_", "*", "' OR ''='", "\\", "%%%%", "B%b"])
def test_a_sign_is_no_wildcard(alice: Client, q: str) -> None:
    assert opened(alice, q=q).names == []


@pytest.mark.parametrize(
    "query",
    [
        f"q={'x' * 20_000}",
        f"q={'bob+' * 2_000}",
        "q=a&q=b",
        "q[]=a",
        "only=due&only=non&page=2&page=3",
        "q=%F0%9F%A7%BF",
    ],
)
def test_no_search_breaks_the_page(alice: Client, query: str) -> None:
    assert alice.get(f"{ADDRESS}?{query}").status_code == 200


def test_a_search_without_a_hit_leads_back_to_everybody(alice: Client) -> None:
    page = opened(alice, q="nobody")
    assert "No one matches. Clear the search to see everybody." in page.text
    assert page.links["Show everybody"] == "?"


@pytest.mark.usefixtures("four")
def test_a_search_stays_within_its_filter(alice: Client) -> None:
    page = opened(alice, only="due", q="o")
    assert page.names == ["Dora Due"]
    assert page.one("form", "gs-search").one("input", name="only").attributes[
        "value"
    ] == ("due")


def test_a_hundred_people_fill_a_page(alice: Client, cast: Cast) -> None:
    crowd(cast.northside, 100)
    first = opened(alice)
    assert len(first.lines) == 100
    columns = first.all("ul", "gs-column")
    assert [len(column.all("li")) for column in columns] == [50, 50]
    assert "Page 1 of 2, 101 in all" in first.text
    assert first.links["Next page"] == "?page=2"
    second = opened(alice, page="2")
    assert len(second.names) == 1
    assert second.links["Previous page"] == "?page=1"
    assert "Next page" not in second.links
    assert not set(first.names) & set(second.names)


def test_pages_keep_the_filter_and_the_search(alice: Client, cast: Cast) -> None:
    crowd(cast.northside, 420)
    page = opened(alice, only="due", q="person & Co")
    assert page.names == []
    page = opened(alice, only="due", q="person")
    assert "Page 1 of 2, 105 in all" in page.text
    assert page.links["Next page"] == "?only=due&q=person&page=2"
    rest = opened(alice, only="due", q="person", page="2")
    assert len(rest.lines) == 5


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0", 1),
        ("-1", 1),
        ("1.5", 1),
        ("abc", 1),
        ("", 1),
        ("٢", 1),
        ("1e3", 1),
        (" 2", 1),
        ("9" * 400, 1),
        ("2", 2),
        ("02", 2),
        ("3", 2),
        ("99999999", 2),
    ],
)
def test_a_page_number_that_is_none_is_the_nearest(
    alice: Client, cast: Cast, number: str, shown: int
) -> None:
    crowd(cast.northside, 100)
    assert f"Page {shown} of 2" in opened(alice, page=number).text
