"""A2, N6: what a number of things costs, and why; with invented prices."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.rules import (
    MOST_OF_ONE,
    Asked,
    Audience,
    Break,
    NotForSale,
    Offer,
    part_of,
    priced,
    total_of,
)

LAMP = Offer(
    code="lamp",
    label="Lamp",
    noun="lamp",
    nouns="lamps",
    grants=("lamp",),
    is_fee=False,
    breaks={
        Audience.EVERYONE: (
            Break(1, Decimal("10.00")),
            Break(5, Decimal("9.50")),
            Break(10, Decimal("8.00")),
        )
    },
    rule="Z1",
)
FEE = Offer(
    code="fee",
    label="Fee",
    noun="fee",
    nouns="fees",
    grants=(),
    is_fee=True,
    breaks={
        Audience.MEMBERS: (Break(1, Decimal("200.00")),),
        Audience.OTHERS: (Break(1, Decimal("375.00")),),
    },
    rule="Z2",
)
OFFERS = {"lamp": LAMP, "fee": FEE}


@pytest.mark.parametrize(
    ("quantity", "unit", "amount"),
    [
        (1, "10.00", "10.00"),
        (4, "10.00", "40.00"),
        (5, "9.50", "47.50"),
        (9, "9.50", "85.50"),
        (10, "8.00", "80.00"),
        (MOST_OF_ONE, "8.00", "80000.00"),
    ],
)
def test_the_highest_break_reached_prices_the_whole_line(
    quantity: int, unit: str, amount: str
) -> None:
    (line,) = priced([Asked("lamp", quantity)], OFFERS, "USD")
    assert (line.unit, line.amount) == (Decimal(unit), Decimal(amount))


def test_a_line_says_why_it_costs_that_and_what_comes_next() -> None:
    lines = priced([Asked("lamp", 5)], OFFERS, "USD")
    assert lines[0].why == (
        "5 × $9.50 = $47.50; from 5 on each costs $9.50 instead of $10.00; "
        "from 10 on each would cost $8.00 (Z1)"
    )


def test_members_and_others_pay_their_own_price() -> None:
    pays = {
        member: total_of(priced([Asked("fee", 1)], OFFERS, "USD", member=member))
        for member in (True, False)
    }
    assert pays == {True: Decimal("200.00"), False: Decimal("375.00")}


def test_nothing_asked_is_no_line() -> None:
    assert priced([Asked("lamp", 0)], OFFERS, "USD") == []


def test_what_the_list_has_not_is_not_for_sale() -> None:
    with pytest.raises(NotForSale) as refused:
        priced([Asked("ladder", 1)], OFFERS, "USD")
    assert refused.value.code == "ladder"


@pytest.mark.parametrize("quantity", [-1, MOST_OF_ONE + 1, 10**12])
def test_a_number_out_of_reach_is_refused(quantity: int) -> None:
    with pytest.raises(ValueError, match="lamp"):
        priced([Asked("lamp", quantity)], OFFERS, "USD")


@given(st.integers(1, MOST_OF_ONE), st.decimals("0.001", 10**6, places=3))
def test_a_line_is_rounded_half_even_at_the_cent(quantity: int, unit: Decimal) -> None:
    offer = replace(LAMP, breaks={Audience.EVERYONE: (Break(1, unit),)})
    (line,) = priced([Asked("lamp", quantity)], {"lamp": offer}, "USD")
    exact = unit * quantity
    assert abs(line.amount - exact) <= Decimal("0.005")
    assert line.amount.as_tuple().exponent == -2


@given(st.decimals("0", 10**6, places=2), st.lists(st.integers(1, 9), min_size=1))
def test_the_parts_of_a_line_add_up_to_it(amount: Decimal, parts: list[int]) -> None:
    quantity, before, back = sum(parts), 0, Decimal(0)
    for part in parts:
        back += part_of(amount, quantity, before, part)
        before += part
    assert back == amount
