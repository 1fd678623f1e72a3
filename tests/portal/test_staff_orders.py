"""Staff find orders, read them, and see at a glance what waits and what is late."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Practice
from billing.models import Invoice, Order, Payment
from tests.billing.money import an_order, paid
from tests.cast import OTHER_BODY, TODAY, Cast
from tests.portal.money_desk import ORDERS, desk, seen
from tests.portal.reading import Page

pytestmark = pytest.mark.db


def listed(client: Client, **asked: str) -> Page:
    """Open the list of orders."""
    return Page.of(client.get(ORDERS, asked))


def numbers(page: Page) -> list[str]:
    """The orders that a page lists."""
    return [row.one("th").one("a").text for row in page.one("tbody").all("tr")]


def large(cast: Cast) -> Order:
    """An order of which a large payment waits for a second person."""
    order = an_order(cast.northside, renewals=20)
    paid(order, "1700.00")
    return order


def test_the_first_sentence_says_what_waits(mona: Client, cast: Cast) -> None:
    assert "Nothing has been ordered yet." in listed(mona).text
    for _ in range(3):
        an_order(cast.northside)
    large(cast)
    assert (
        "4 orders await payment, 1 payment waits for a second person."
        in listed(mona).text
    )


def test_when_all_is_paid_it_says_so(mona: Client, cast: Cast) -> None:
    paid(an_order(cast.northside), "170.00")
    assert "Every order is paid or closed." in listed(mona).text


def test_an_order_is_found_by_its_number_its_invoice_its_cheque_and_its_practice(
    mona: Client, cast: Cast
) -> None:
    ours, other = an_order(cast.northside), an_order(cast.lakeview)
    paid(ours, "85.00", method=Payment.Method.CHEQUE, dated_on=TODAY)
    invoice = Invoice.objects.get(order=ours)
    for words in (ours.number, ours.number[4:8].lower(), invoice.number, "1042"):
        assert numbers(listed(mona, q=words)) == [ours.number], words
    assert numbers(listed(mona, q="lakev")) == [other.number]
    Practice.objects.filter(pk=cast.lakeview.pk).update(name="O\u2019Brien Clinic")
    for words in ("o'brien", "O\u2019Brien", "clínic"):
        assert numbers(listed(mona, q=words)) == [other.number], words
    assert numbers(listed(mona, q=f"north {invoice.number}")) == [ours.number]


def test_what_is_not_found_says_so_and_leads_back(mona: Client, cast: Cast) -> None:
    an_order(cast.northside)
    page = listed(mona, q="%_' OR 1=1 --")
    assert "No order matches." in page.text
    assert page.links["Show all orders"] == "?"


def test_states_are_counted_and_filter(mona: Client, cast: Cast) -> None:
    awaits = an_order(cast.northside)
    settled = an_order(cast.northside)
    paid(settled, "170.00")
    waits = large(cast)
    page = listed(mona)
    assert set(page.pills) >= {
        "All 3",
        "Awaiting payment 2",
        "Overdue 0",
        "Second person 1",
        "Paid 1",
        "Cancelled 0",
    }
    assert numbers(listed(mona, state="paid")) == [settled.number]
    assert numbers(listed(mona, state="to_confirm")) == [waits.number]
    assert set(numbers(listed(mona, state="awaiting"))) == {
        awaits.number,
        waits.number,
    }
    assert len(numbers(listed(mona, state="nonsense"))) == 3


@pytest.mark.parametrize(("ago", "words"), [(30, []), (31, ["Overdue"])])
def test_an_order_whose_day_has_passed_is_red_with_a_word(
    mona: Client, alice: Client, cast: Cast, ago: int, words: list[str]
) -> None:
    order = an_order(cast.northside, today=TODAY - timedelta(days=ago))
    pages = (
        listed(mona),
        seen(mona, order),
        Page.of(alice.get("/p/northside/orders/")),
        Page.of(alice.get(f"/p/northside/orders/{order.pk}/")),
    )
    for page in pages:
        tags = [tag.text for tag in page.all("", "gs-tag-bad")]
        assert tags == words, page.h1


def test_the_overdue_are_listed_together(mona: Client, cast: Cast) -> None:
    late = an_order(cast.northside, today=TODAY - timedelta(days=31))
    an_order(cast.northside)
    assert numbers(listed(mona, state="overdue")) == [late.number]
    assert "2 orders await payment (1 overdue)." in listed(mona).text


def test_fifty_orders_fill_a_page_and_filters_stay(mona: Client, cast: Cast) -> None:
    for _ in range(51):
        an_order(cast.northside, renewals=1)
    page = listed(mona, state="awaiting", q="north")
    assert len(numbers(page)) == 50
    assert page.links["Next page"] == "?state=awaiting&q=north&page=2"
    assert len(numbers(listed(mona, state="awaiting", q="north", page="2"))) == 1


def test_an_order_is_shown_with_its_papers_and_its_steps(
    mona: Client, cast: Cast
) -> None:
    order = an_order(cast.northside)
    paid(order, "85.00", method=Payment.Method.CHEQUE, dated_on=date(2025, 11, 12))
    page = seen(mona, order)
    facts = {row.one("dt").text: row.one("dd").text for row in page.facts}
    assert facts["Who pays"] == "Northside"
    assert facts["Invoice"] == "ACMSS-2025-00001"
    assert facts["Mail goes to"] == "alice@alice-adams.example"
    assert "2 × $85.00 = $170.00" in page.text
    assert "Paid so far $85.00" in page.text
    assert "Still to pay $85.00" in page.text


@pytest.mark.parametrize("dated", [date(2025, 11, 12), TODAY])
def test_the_payer_sees_where_the_cheque_is(
    alice: Client, cast: Cast, dated: date
) -> None:
    order = an_order(cast.northside, renewals=20)
    paid(order, "85.00", method=Payment.Method.CHEQUE, dated_on=dated)
    paid(order, "1100.00", method=Payment.Method.CHEQUE, dated_on=dated)
    page = Page.of(alice.get(f"/p/northside/orders/{order.pk}/"))
    for amount, word in (("$85.00", "Settled"), ("$1,100.00", "Being confirmed")):
        (row,) = (
            each
            for each in page.all("li", "gs-row-split")
            if f"{amount} by" in each.text
        )
        assert f"{amount} by cheque 1042" in row.text
        assert f"Received Nov 17, 2025, dated Nov {dated.day}, 2025" in row.text
        assert word in row.text


def test_a_reviewer_sees_all_and_is_offered_nothing(erin: Client, cast: Cast) -> None:
    awaits, settled, waits = (
        an_order(cast.northside),
        an_order(cast.northside),
        large(cast),
    )
    paid(settled, "170.00")
    assert len(numbers(listed(erin))) == 3
    for order in (awaits, settled, waits):
        page = seen(erin, order)
        assert order.number in page.h1
        forms = [form.attributes.get("action") for form in page.one("main").all("form")]
        assert forms == []
        assert not {"Give money back", "Cancel the order"} & set(page.links)


@pytest.mark.parametrize(
    ("name", "status"), [("rita", 404), ("alice", 404), ("bob", 404), ("sam", 404)]
)
def test_nobody_else_sees_them(
    cast: Cast,
    signed_in: Callable[[str], Client],
    today: date,
    name: str,
    status: int,
) -> None:
    order = an_order(cast.northside)
    client = signed_in(name)
    for address in (ORDERS, desk(order), f"{ORDERS}../journal.csv"):
        assert client.get(address).status_code == status


def test_the_order_of_another_body_is_not_there(mona: Client, cast: Cast) -> None:
    ours = an_order(cast.northside)
    facts = {
        field.attname: getattr(ours, field.attname)
        for field in Order._meta.concrete_fields
    }
    own = {"id": uuid4(), "number": "ORD-THEI-RS23", "form_key": "theirs"}
    theirs = Order.objects.create(**facts | own | {"program": OTHER_BODY})
    assert numbers(listed(mona)) == [ours.number]
    for tail in ("", "refund/", "cancel/"):
        assert mona.get(desk(ours, tail)).status_code == 200
        assert mona.get(desk(theirs, tail)).status_code == 404
