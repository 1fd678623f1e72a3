"""How a card provider counts money, and the day a payment counts on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.rules import day_of_payment, in_cents

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(st.integers(50, 99_999_999))
def test_cents_are_exact_both_ways(cents: int) -> None:
    assert in_cents(Decimal(cents) / 100, "USD") == cents


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("0.49", "USD"),
        ("0", "USD"),
        ("-1", "USD"),
        ("1000000.00", "USD"),
        ("1.005", "USD"),
        ("100.00", "JPY"),
        ("100.00", "KWD"),
    ],
)
def test_what_can_t_be_charged_has_no_cents(amount: str, currency: str) -> None:
    assert in_cents(Decimal(amount), currency) is None


@given(DAYS, DAYS, st.integers(0, 400))
def test_a_payment_counts_between_the_order_and_today(
    paid: date, placed: date, more: int
) -> None:
    today = placed + timedelta(days=more)
    day = day_of_payment(paid=paid, placed=placed, today=today)
    assert placed <= day <= today
    assert day == paid or not placed <= paid <= today
