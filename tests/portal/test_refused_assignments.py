"""What can't be assigned is refused in a sentence, and nothing has changed."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from credentials.models import Product
from tests.cast import (
    OTHER_BODY,
    Cast,
    a_member,
    given,
    seats,
)
from tests.matrix.asking import checksum
from tests.portal.pressing import ADDRESS, followed, form, left, press
from tests.portal.reading import Page, said

pytestmark = pytest.mark.db


@pytest.fixture
def five(cast: Cast) -> list[str]:
    """Make Bob one of five people whose term has ended, with three renewals."""
    names = [f"{first} Able" for first in ("Amy", "Ben", "Cat", "Dan")]
    others = [a_member(name, cast.northside) for name in names]
    given(cast.membership, cast.northside, *others, today=date(2024, 11, 3))
    seats(cast.northside, cast.renewals, 3)
    return [*names, "Bob Baker"]


def test_nobody_selected_is_a_problem_with_its_way_out(alice: Client) -> None:
    before = checksum()
    answer = press(alice)
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.title.startswith("Error:")
    assert page.problems == ["Select at least one person, then choose Assign."]
    assert page.one("", "gs-problem").one("a").attributes["href"] == "#people"
    assert page.all("h2", id="people")
    assert checksum() == before


def test_too_few_seats_change_nothing_and_keep_the_selection(
    alice: Client, five: list[str]
) -> None:
    before = checksum()
    answer = press(alice, *five)
    page = Page.of(answer)
    assert answer.status_code == 409
    assert page.problems == [
        (
            "You selected 5 people but 3 renewals are available. Nothing was assigned. "
            "Remove 2 people or add seats."
        )
    ]
    assert page.checked == five
    assert page.tiles["Renewals"] == "3"
    assert checksum() == before


def test_after_a_shortage_the_page_shown_can_be_sent(
    alice: Client, five: list[str]
) -> None:
    page = Page.of(press(alice, *five))
    boxes = [line.box.attributes["value"] for line in page.lines][:3]
    fields = {"form_key": page.value("form_key"), "member": boxes, "assign": "renewals"}
    assert followed(alice, alice.post(ADDRESS, fields)).tiles["Renewals"] == "0"


@pytest.mark.usefixtures("five")
def test_a_refusal_keeps_the_filter_and_the_search(alice: Client) -> None:
    answer = alice.post(f"{ADDRESS}?only=renew&q=able", {"assign": "renewals"})
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.names == ["Amy Able", "Ben Able", "Cat Able", "Dan Able"]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "abc",
        ".",
        ".1",
        "None",
        "{id}.",
        "{id}.x",
        "{id}.-1",
        "{id}.1.1",
        "{id}.999999",
        "{id}.\N{ARABIC-INDIC DIGIT ONE}",
        "{id}.1\x00",
        "{id}\x00",
        "'; DROP TABLE members; --",
        "x" * 100_000,
    ],
)
def test_a_box_that_no_page_made_is_refused(
    alice: Client, cast: Cast, value: str
) -> None:
    seats(cast.northside, cast.renewals, 1)
    before = checksum()
    fields = form(alice, "Bob Baker")
    fields["member"] = [value.format(id=cast.bob.pk)]
    answer = alice.post(ADDRESS, fields)
    assert answer.status_code == 422
    assert "Reload the page, then select people again." in Page.of(answer).text
    assert checksum() == before


def test_a_box_without_a_term_takes_whatever_stands(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    fields = form(alice, "Bob Baker") | {"member": [str(cast.bob.pk)]}
    followed(alice, alice.post(ADDRESS, fields))


def test_more_than_five_hundred_people_are_too_many(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 200)
    before = checksum()
    for count, status in ((501, 422), (990, 422), (5_000, 400)):
        fields = form(alice, "Bob Baker")
        fields["member"] = [f"{uuid4()}.0" for _ in range(count)]
        answer = alice.post(ADDRESS, fields)
        assert answer.status_code == status
        if status == 422:
            assert Page.of(answer).problems == ["Select at most 500 people at a time."]
    assert checksum() == before


def test_too_many_are_too_many_though_some_would_be_skipped(
    alice: Client, cast: Cast
) -> None:
    crowd = [a_member(f"Pat Number{place}", cast.northside) for place in range(501)]
    fields = form(alice, "Bob Baker")
    fields["member"] = [f"{member.pk}.0" for member in crowd]
    answer = alice.post(ADDRESS, fields)
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Select at most 500 people at a time."]


@pytest.mark.parametrize(
    "code", ["nothing", "", "RENEWALS", "renewal\x00", "../renewals", "x" * 9_000]
)
def test_a_tile_there_is_none_of_is_not_found(
    alice: Client, cast: Cast, code: str
) -> None:
    seats(cast.northside, cast.renewals, 1)
    answer = alice.post(ADDRESS, form(alice, "Bob Baker", tile=code))
    assert answer.status_code == 404
    assert left(cast.northside, cast.renewals) == 1


def test_a_product_of_a_body_without_a_policy_is_not_found(
    alice: Client, cast: Cast
) -> None:
    Product.objects.create(
        program=OTHER_BODY, code="special", kind="renewal", label="Special", order=1
    )
    a_member("Otto Other", cast.northside, program=OTHER_BODY)
    seats(cast.northside, cast.renewals, 1)
    before = checksum()
    for tile, program in (
        ("special", OTHER_BODY),
        ("special", ""),
        ("renewals", OTHER_BODY),
        ("renewals", "acmss\x00"),
    ):
        fields = form(alice, "Bob Baker", tile=tile) | {"program": program}
        assert alice.post(ADDRESS, fields).status_code == 404
    assert checksum() == before


def test_somebody_elses_person_is_as_unknown_as_nobody(
    alice: Client, cast: Cast
) -> None:
    seats(cast.northside, cast.renewals, 3)
    before = checksum()
    answers = []
    for stranger in (cast.charlie.pk, uuid4()):
        fields = form(alice, "Bob Baker")
        fields["member"] = [*fields["member"], f"{stranger}.1"]
        answers.append(alice.post(ADDRESS, fields))
    foreign, missing = answers
    assert foreign.status_code == missing.status_code == 404
    assert said(foreign) == said(missing)
    passing = {"X-Request-ID", "Content-Length"}
    assert {
        name: value for name, value in foreign.headers.items() if name not in passing
    } == {name: value for name, value in missing.headers.items() if name not in passing}
    assert checksum() == before


def test_a_stranger_is_not_passed_over_beside_somebody_who_is_skipped(
    alice: Client, cast: Cast
) -> None:
    a_member("Nina New", cast.northside)
    fields = form(alice, "Bob Baker", "Nina New")
    fields["member"] = [*fields["member"], f"{cast.charlie.pk}.1"]
    assert alice.post(ADDRESS, fields).status_code == 404


def test_without_its_one_time_token_a_form_does_nothing(
    alice: Client, cast: Cast
) -> None:
    seats(cast.northside, cast.renewals, 1)
    fields = form(alice, "Bob Baker")
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = alice.cookies
    before = checksum()
    assert careful.post(ADDRESS, fields).status_code == 403
    assert checksum() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_method_does_anything(alice: Client, method: str) -> None:
    before = checksum()
    assert getattr(alice, method)(ADDRESS).status_code == 405
    assert checksum() == before
