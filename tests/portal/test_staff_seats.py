"""A manager grants a practice seats, with a reason the ledger keeps."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.models import AuditEntry
from credentials.models import Product, SeatEntry
from tests.cast import OTHER_BODY, Cast, given, seats
from tests.matrix.asking import checksum
from tests.portal.crowd import crowd
from tests.portal.pressing import followed, left
from tests.portal.reading import Page
from tests.portal.recording import SEATS, give, grant

pytestmark = pytest.mark.db


def test_a_grant_says_what_there_is_now(mona: Client, cast: Cast) -> None:
    page = followed(mona, give(mona, count="5"))
    assert page.notices == ["Northside now has 5 to assign."]
    assert left(cast.northside, cast.renewals) == 5
    entry = AuditEntry.objects.filter(action="seats.granted").latest("id")
    assert entry.actor == "Mona Moss"
    assert (entry.sentence, entry.reason) == ("Granted 5 renewals", "ordered by phone")


def test_the_ledger_shows_each_change_with_what_was_there_after_it(
    mona: Client, cast: Cast
) -> None:
    followed(mona, give(mona, count="5"))
    given(cast.renewals, cast.northside, cast.bob)
    page = followed(mona, give(mona, count="3", reason="three more"))
    rows = [
        [cell.text for cell in row.all("td")] for row in page.one("tbody").all("tr")
    ]
    assert rows[:4] == [
        ["Renewals", "+3", "8", "three more"],
        ["Renewals", "-1", "5", "Assigned to 1 person"],
        ["Renewals", "+1", "6", "for a test"],
        ["Renewals", "+5", "5", "ordered by phone"],
    ]


@pytest.mark.parametrize(
    "count",
    ["0", "-1", "-0", "10001", "1000000", "1" + "0" * 30, "9" * 5_000],
)
def test_a_number_out_of_range_is_refused(mona: Client, count: str) -> None:
    fields = grant(mona, count=count)
    before = checksum()
    answer = mona.post(SEATS, fields)
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.title.startswith("Error:")
    assert page.problems[0].endswith("seats from 1 to 10,000.")
    assert checksum() == before


@pytest.mark.parametrize(
    "count", ["1.5", "", "ten", "1e3", "NaN", "0x10", "1,000", "5\x00", "[]"]
)
def test_what_is_no_whole_number_is_refused(mona: Client, count: str) -> None:
    fields = grant(mona, count=count)
    before = checksum()
    answer = mona.post(SEATS, fields)
    assert answer.status_code == 422
    assert Page.of(answer).problems[0].endswith("seats from 1 to 10,000.")
    assert checksum() == before


@pytest.mark.parametrize("count", ["1", "10000", " 7 "])
def test_the_ends_of_the_range_are_in_it(mona: Client, cast: Cast, count: str) -> None:
    followed(mona, give(mona, count=count))
    assert left(cast.northside, cast.renewals) == int(count)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("reason", "", "Write why."),
        ("reason", "   ", "Write why."),
        ("practice", "", "Choose a practice."),
        ("practice", "nowhere", "Choose a practice."),
        ("product", "nothing", "Choose a product."),
        ("product", "special", "Choose a product."),
    ],
)
def test_what_is_missing_or_unknown_is_asked_for(
    mona: Client, field: str, value: str, sentence: str
) -> None:
    Product.objects.create(
        program=OTHER_BODY, code="special", kind="renewal", label="Lantern", order=1
    )
    fields = grant(mona, **{field: value})
    before = checksum()
    answer = mona.post(SEATS, fields)
    assert answer.status_code == 422
    assert Page.of(answer).problems == [sentence]
    assert checksum() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", "x" * 401),
        ("reason", "a\x00b"),
        ("practice", "a\x00b"),
        ("product", "a\x00b"),
        ("form_key", "a\x00b"),
        ("form_key", "x" * 65),
    ],
)
def test_text_no_row_can_keep_is_refused(mona: Client, field: str, value: str) -> None:
    assert give(mona, **{field: value}).status_code == 422


def test_what_was_typed_stays_in_the_form(mona: Client) -> None:
    page = Page.of(give(mona, count="0", reason="<b>why</b>"))
    assert page.value("count") == "0"
    assert page.value("reason") == "<b>why</b>"


def test_a_form_sent_twice_grants_once(mona: Client, cast: Cast) -> None:
    fields = grant(mona)
    for _ in range(2):
        page = followed(mona, mona.post(SEATS, fields))
        assert page.notices == ["Northside now has 5 to assign."]
    assert left(cast.northside, cast.renewals) == 5
    assert SeatEntry.objects.filter(reason="ordered by phone").count() == 1


@pytest.mark.parametrize(
    "other", [{"count": "7"}, {"practice": "lakeview"}, {"product": "membership"}]
)
def test_a_used_form_with_something_else_in_it_is_refused(
    mona: Client, other: dict[str, str]
) -> None:
    fields = grant(mona)
    followed(mona, mona.post(SEATS, fields))
    before = checksum()
    answer = mona.post(SEATS, fields | other)
    assert answer.status_code == 409
    assert "This form was used already. Nothing was granted." in Page.of(answer).text
    assert checksum() == before


@pytest.mark.parametrize(
    ("name", "status"),
    [("erin", 403), ("rita", 404), ("alice", 404), ("frank", 404), ("bob", 404)],
)
def test_nobody_but_a_manager_grants(
    mona: Client,
    signed_in: Callable[[str], Client],
    name: str,
    status: int,
) -> None:
    fields = grant(mona)
    client = signed_in(name)
    before = checksum()
    assert client.post(SEATS, fields).status_code == status
    assert client.get(SEATS).status_code == status
    assert checksum() == before


def test_fifty_changes_fill_a_page(mona: Client, cast: Cast) -> None:
    for _ in range(52):
        seats(cast.northside, cast.renewals, 1)
    crowd(cast.northside, 1)
    first, second = (Page.of(mona.get(SEATS, {"page": page})) for page in "12")
    assert len(first.one("tbody").all("tr")) == 50
    assert 0 < len(second.one("tbody").all("tr")) < 50
    assert first.links["Next page"] == "?page=2"


def test_the_ledger_of_another_body_is_not_shown(mona: Client, cast: Cast) -> None:
    special = Product.objects.create(
        program=OTHER_BODY, code="special", kind="renewal", label="Lantern", order=1
    )
    seats(cast.northside, special, 9)
    assert "Lantern" not in Page.of(mona.get(SEATS)).text
