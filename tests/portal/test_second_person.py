"""A large payment counts when somebody else has confirmed it."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import StaffRole
from billing.models import Order, Payment
from billing.queries import credit_of, money_faults
from tests.billing.money import an_order, available, manager, paid
from tests.cast import BODY, Cast
from tests.matrix.asking import checksum
from tests.portal.money_desk import PHONE, decision, desk, pay, seen
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = pytest.mark.db


@pytest.fixture
def second(cast: Cast, signed_in: Callable[[str], Client]) -> Client:
    """The browser of another manager."""
    StaffRole.objects.create(user=cast.sam, program=BODY, role="manager")
    return signed_in("sam")


@pytest.fixture
def recorded(mona: Client, cast: Cast) -> Payment:
    """A payment of $1,700.00 that Mona recorded, above the limit."""
    order = an_order(cast.northside, renewals=20)
    page = followed(mona, pay(mona, order, **PHONE | {"amount": "1700.00"}))
    assert page.notices == [
        "$1,700.00 by phone recorded. Another manager confirms it before it counts."
    ]
    return Payment.objects.get()


def test_it_settles_nothing_until_it_is_confirmed(
    mona: Client, cast: Cast, recorded: Payment
) -> None:
    order = Order.objects.get()
    assert (order.state, order.settled) == ("awaiting", Decimal(0))
    assert available(cast.northside) == 0
    page = seen(mona, order)
    assert page.links["$1,700.00 by phone"] == decision(recorded)
    assert "$1,700.00 is recorded already and waits for a second person." in page.text


def test_the_second_manager_reads_what_follows_and_confirms(
    second: Client, cast: Cast, recorded: Payment
) -> None:
    total = recorded.order.total
    page = Page.of(second.get(decision(recorded)))
    assert f"${total:,.2f} of order {recorded.order.number} is settled" in page.text
    assert "Recorded by Mona Moss" in page.text
    assert "Northside gets what was ordered." in page.text
    for _ in range(2):
        led = followed(second, second.post(decision(recorded), {"outcome": "confirm"}))
        assert "$1,700.00 by phone confirmed." in led.notices[0]
    recorded.refresh_from_db()
    assert (recorded.state, recorded.decided_by) == ("settled", "Sam Stone")
    assert available(cast.northside) == 20
    assert money_faults() == []


def test_who_recorded_it_can_neither_confirm_nor_refuse(
    mona: Client, recorded: Payment
) -> None:
    sentence = "You recorded this payment. Another manager has to decide on it."
    page = Page.of(mona.get(decision(recorded)))
    assert sentence in page.text
    assert page.one("main").all("form") == []
    before = checksum()
    for fields in ({"outcome": "confirm"}, {"outcome": "refuse", "reason": "no"}):
        answer = mona.post(decision(recorded), fields)
        assert answer.status_code == 409
        assert Page.of(answer).problems == [sentence]
    assert checksum() == before


def test_refusing_needs_a_reason_and_leaves_the_order_open(
    second: Client, alice: Client, recorded: Payment
) -> None:
    before = checksum()
    answer = second.post(decision(recorded), {"outcome": "refuse", "reason": " "})
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Write why the payment is refused."]
    assert checksum() == before
    fields = {"outcome": "refuse", "reason": "never arrived"}
    led = followed(second, second.post(decision(recorded), fields))
    assert led.notices == ["Payment refused. It settled nothing."]
    order = Order.objects.get()
    assert (order.state, order.settled) == ("awaiting", Decimal(0))
    page = Page.of(alice.get(f"/p/northside/orders/{order.pk}/"))
    assert "Refused: never arrived" in page.text


def test_an_answer_that_is_none_changes_nothing(
    second: Client, recorded: Payment
) -> None:
    before = checksum()
    for outcome in ("", "both", "confirm\x00!"):
        answer = second.post(decision(recorded), {"outcome": outcome})
        assert answer.status_code == 422
    assert checksum() == before


def test_once_decided_it_says_by_whom(second: Client, recorded: Payment) -> None:
    second.post(decision(recorded), {"outcome": "confirm"})
    page = Page.of(second.get(decision(recorded)))
    assert "This payment is settled, by Sam Stone." in page.text
    answer = second.post(decision(recorded), {"outcome": "refuse", "reason": "late"})
    assert answer.status_code == 409
    assert Page.of(answer).problems == ["This payment is settled. Nothing was changed."]


def test_parts_together_above_the_limit_wait_and_say_what_was_settled_before(
    mona: Client, second: Client, cast: Cast
) -> None:
    order = an_order(cast.northside, renewals=20)
    part = PHONE | {"amount": "900.00"}
    assert (
        "recorded. $800.00 is still to pay."
        in (followed(mona, pay(mona, order, **part)).notices[0])
    )
    assert (
        "Once you recorded more than $1,000.00 of it, another manager confirms."
        in seen(mona, order).text
    )
    assert followed(mona, pay(mona, order, **part)).notices == [
        "$900.00 by phone recorded. Another manager confirms it before it counts."
    ]
    page = Page.of(second.get(decision(order.payments.get(state="to_confirm"))))
    assert "They alone settled before $900.00" in page.text


def test_what_came_for_an_order_paid_meanwhile_is_kept_as_credit(
    second: Client, cast: Cast, recorded: Payment
) -> None:
    order = recorded.order
    paid(order, "999.00")
    paid(order, "701.00", actor=manager(cast, "erin"))
    page = Page.of(second.get(decision(recorded)))
    assert f"Order {order.number} was paid meanwhile" in page.text
    assert "$1,700.00 is kept as Northside's credit." in page.text
    for _ in range(2):
        led = followed(second, second.post(decision(recorded), {"outcome": "confirm"}))
        assert "it is kept as credit" in led.notices[0]
    recorded.refresh_from_db()
    order.refresh_from_db()
    assert (recorded.state, recorded.over) == ("settled", recorded.amount)
    assert (order.state, order.settled) == ("fulfilled", Decimal("1700.00"))
    assert credit_of(cast.northside, BODY, "USD") == Decimal("1700.00")
    assert available(cast.northside) == 20
    assert money_faults() == []


def test_a_payment_is_found_under_its_own_order_alone(
    second: Client, cast: Cast, recorded: Payment
) -> None:
    other = an_order(cast.northside)
    wrong = desk(other, f"payments/{recorded.pk}/")
    assert second.get(wrong).status_code == 404
    assert second.post(wrong, {"outcome": "confirm"}).status_code == 404


def test_a_reviewer_decides_on_none(erin: Client, recorded: Payment) -> None:
    assert erin.get(decision(recorded)).status_code == 403
    assert erin.post(decision(recorded), {"outcome": "confirm"}).status_code == 403
