"""Refunds: what is not used goes back, what is used is refused with the reason."""

from decimal import Decimal

import pytest

from billing.models import Order, Payment, Refund
from billing.queries import balances, credit_of, money_faults
from billing.rules import Account
from billing.services import refund_order
from core.failures import NotEligible, NotUsable, Stale
from core.models import OutboxMessage
from credentials.services import Pick, assign
from tests.billing.money import an_order, available, manager, paid
from tests.cast import BODY, NOW, TESTER, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]
Method = Payment.Method


def a_paid_order(cast: Cast, renewals: int = 3) -> Order:
    """Renewals that Northside has paid."""
    order = an_order(cast.northside, renewals=renewals)
    paid(order, str(order.total))
    return order


def back(
    cast: Cast,
    order: Order,
    count: int,
    *,
    key: str = "k",
    method: Payment.Method = Method.TRANSFER,
    reason: str = "Ordered too many",
) -> Refund:
    """Give so many of an order's only line back."""
    line = order.lines.get()
    return refund_order(
        actor=manager(cast),
        order=order,
        quantities={line.pk: count},
        method=method,
        reason=reason,
        key=key,
        today=TODAY,
        now=NOW,
    )


def test_what_was_not_used_goes_back_with_a_credit_note(cast: Cast) -> None:
    order = a_paid_order(cast)
    refund = back(cast, order, 1)
    order.refresh_from_db()

    assert (refund.amount, refund.state) == (Decimal(85), "done")
    assert (order.state, order.refunded) == ("partly_refunded", Decimal(85))
    assert available(cast.northside) == 2
    note = order.invoices.get(kind="credit_note")
    assert note.facts["lines"][0]["why"] == "Ordered too many"
    assert balances(BODY)[Account.REFUNDS] == 85
    assert balances(BODY)[Account.CASH] == 170
    told = OutboxMessage.objects.get(kind="order_refunded")
    assert told.payload["amount_text"] == "$85.00"

    back(cast, order, 2, key="rest")
    order.refresh_from_db()
    assert (order.state, order.refunded) == ("refunded", Decimal(255))
    assert money_faults() == []


def test_the_same_refund_again_gives_nothing_more(cast: Cast) -> None:
    order, other = a_paid_order(cast), a_paid_order(cast)
    assert back(cast, order, 1) == back(cast, order, 1)
    assert available(cast.northside) == 5
    with pytest.raises(Stale):
        back(cast, other, 1)


def test_more_than_the_rest_is_refused(cast: Cast) -> None:
    order = a_paid_order(cast)
    back(cast, order, 2)
    for count in (2, -1, 10**9):
        with pytest.raises(NotUsable, match="from 0 to 1"):
            back(cast, order, count, key=str(count))
    with pytest.raises(NotUsable, match="at least one line"):
        back(cast, order, 0, key="none")
    with pytest.raises(NotUsable, match="why the money goes back"):
        back(cast, order, 1, key="why", reason=" ")


def test_what_is_used_is_refused_with_the_reason_and_nothing_changes(
    cast: Cast,
) -> None:
    order = a_paid_order(cast, renewals=1)
    assign(
        actor=TESTER,
        practice=cast.northside,
        product=cast.renewals,
        picks=[Pick(cast.bob.pk)],
        form_key="assigned",
        today=TODAY,
        now=NOW,
    )

    with pytest.raises(NotEligible, match="they are assigned"):
        back(cast, order, 1)
    order.refresh_from_db()
    assert (order.state, order.refunded) == ("fulfilled", Decimal(0))
    assert not Refund.objects.exists()
    assert not order.invoices.filter(kind="credit_note").exists()


def test_what_is_kept_as_credit_stays_with_the_payer(cast: Cast) -> None:
    back(cast, a_paid_order(cast), 1, method=Method.CREDIT)

    assert credit_of(cast.northside, BODY, "USD") == Decimal("85.00")
    assert balances(BODY)[Account.CASH] == 255
    assert money_faults() == []


def test_an_order_that_nobody_paid_has_nothing_to_give_back(cast: Cast) -> None:
    with pytest.raises(NotEligible, match="is awaiting payment"):
        back(cast, an_order(cast.northside), 1)
