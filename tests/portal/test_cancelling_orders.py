"""A manager cancels an order that awaits payment, told before what that does."""

import pytest
from django.test import Client

from billing.models import CreditBalance, Invoice, Order
from billing.queries import money_faults
from tests.billing.money import an_order, paid
from tests.cast import Cast
from tests.matrix.asking import checksum
from tests.portal.money_desk import desk, seen
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = pytest.mark.db


def test_what_follows_is_said_before_and_done_after(mona: Client, cast: Cast) -> None:
    order = an_order(cast.northside)
    paid(order, "50.00")
    page = seen(mona, order, "cancel/")
    assert "A credit note takes its invoice back." in page.text
    assert "$50.00 that was paid is kept as Northside's credit." in page.text
    for _ in range(2):
        led = followed(mona, mona.post(desk(order, "cancel/"), {"reason": "twice"}))
        assert led.notices == [f"Order {order.number} is cancelled."]
        assert "Still to pay" not in led.text
        assert "Cancelled. Nothing is to be paid." in led.text
    assert Order.objects.get().state == "cancelled"
    assert [each.kind for each in Invoice.objects.all()] == ["invoice", "credit_note"]
    assert str(CreditBalance.objects.get().amount) == "50.00"
    assert money_faults() == []


def test_a_reason_is_needed(mona: Client, cast: Cast) -> None:
    order = an_order(cast.northside)
    before = checksum()
    answer = mona.post(desk(order, "cancel/"), {"reason": "  "})
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Write why the order is cancelled."]
    assert checksum() == before


@pytest.mark.parametrize(
    ("amount", "renewals", "sentence"),
    [
        ("170.00", 2, "This order is paid. Give money back instead."),
        (
            "1700.00",
            20,
            "A payment waits for a second person. Confirm or refuse it first.",
        ),
    ],
)
def test_what_can_not_be_cancelled_says_why(
    mona: Client, cast: Cast, amount: str, renewals: int, sentence: str
) -> None:
    order = an_order(cast.northside, renewals=renewals)
    paid(order, amount)
    page = seen(mona, order, "cancel/")
    assert sentence in page.text
    assert page.one("main").all("form") == []
    before = checksum()
    answer = mona.post(desk(order, "cancel/"), {"reason": "no more"})
    assert answer.status_code == 409
    assert "Nothing was cancelled." in Page.of(answer).problems[0]
    assert checksum() == before
