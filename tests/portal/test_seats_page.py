"""A practice's seats: what it has, what more costs, and ordering more (J4.5)."""

from decimal import Decimal

import pytest
from django.test import Client

from billing.models import Order
from tests.billing.money import available, paid, prices
from tests.cast import Cast, given, seats
from tests.portal.buying import ask_price, press_order, problems
from tests.portal.reading import Page

pytestmark = pytest.mark.usefixtures("today")
SEATS = "/p/northside/seats/"


def rows(client: Client) -> list[list[str]]:
    """The table of what there is, cell by cell."""
    body = Page.of(client.get(SEATS)).one("tbody")
    return [
        [row.one("th").text, *(cell.text for cell in row.all("td"))]
        for row in body.all("tr")
    ]


def test_each_product_says_bought_used_free_and_its_price(
    alice: Client, cast: Cast
) -> None:
    prices()
    seats(cast.northside, cast.renewals, 5)
    given(cast.renewals, cast.northside, cast.bob)
    assert rows(alice) == [
        ["Renewals $85.00 each.", "6", "1", "5"],
        ["Membership $85.00 each.", "1", "1", "0"],
    ]
    assert "2 used, 5 free to assign." in Page.of(alice.get(SEATS)).text


def test_two_more_are_ordered_and_come_once_they_are_paid(
    alice: Client, cast: Cast
) -> None:
    prices()
    go_on = ask_price(alice, SEATS, renewals="2")
    assert Order.objects.count() == 0
    press_order(alice, go_on["Location"])
    order = Order.objects.get()
    assert (order.state, order.total) == (Order.State.AWAITING, Decimal(170))
    assert available(cast.northside) == 0
    page = Page.of(alice.get(SEATS))
    assert "1 order awaits payment, $170.00" in page.text
    paid(order, "170.00")
    assert available(cast.northside) == 2
    assert rows(alice)[0] == ["Renewals $85.00 each.", "2", "0", "2"]
    assert "awaits payment" not in Page.of(alice.get(SEATS)).text


@pytest.mark.parametrize("typed", ["-2", "two", "1,5", "10001", ""])
def test_what_is_no_number_orders_nothing(alice: Client, typed: str) -> None:
    prices()
    answer = ask_price(alice, SEATS, renewals=typed)
    assert answer.status_code == 422
    assert len(problems(answer)) == 1


def test_without_prices_there_is_a_way_on(alice: Client) -> None:
    page = Page.of(alice.get(SEATS))
    assert "publishes no prices here. Write to it" in page.text
    assert not page.all("input", name="n-renewals")


def test_a_practice_sees_its_own_seats_alone(alice: Client, cast: Cast) -> None:
    seats(cast.lakeview, cast.renewals, 7)
    assert rows(alice) == [["Membership", "1", "1", "0"]]
    assert alice.get("/p/lakeview/seats/").status_code == 404
