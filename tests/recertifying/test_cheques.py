"""A cheque's own date decides the fee, whenever it arrives (N5)."""

from datetime import date
from decimal import Decimal

import pytest

from billing.models import Order, Payment
from billing.queries import credit_of, money_faults
from billing.services import cancel_order, refund_order, refuse_payment
from core.actor import Actor
from core.models import OutboxMessage
from tests.cast import TESTER
from tests.recertifying.living import (
    BODY,
    a_holder,
    a_manager,
    applied,
    decided,
    fresh,
    noon,
    pays,
    sent,
    stands,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOV_28, DEC_1, DEC_2 = date(2025, 11, 28), date(2025, 12, 1), date(2025, 12, 2)
DEC_5 = date(2025, 12, 5)
JAN_8, JAN_20 = date(2026, 1, 8), date(2026, 1, 20)


def test_dated_in_time_it_brings_no_late_fee_though_applied_late() -> None:
    nora = a_holder()
    row = applied(nora, DEC_5)
    first = row.order
    assert first is not None
    assert first.total == 425
    pays(first, JAN_8, dated=DEC_1, amount="375.00")
    taken = fresh(row)
    assert (taken.state, taken.paid_on) == ("open", DEC_1)
    assert taken.order is not None
    assert [(line.code, line.amount) for line in taken.order.lines.all()] == [
        ("recertification", Decimal(375))
    ]
    assert (taken.order.state, taken.order.paid_on) == ("fulfilled", DEC_1)
    first.refresh_from_db()
    assert first.state == "cancelled"
    assert [part["code"] for part in taken.facts["fee"]] == ["recertification"]
    assert credit_of(nora, BODY, "USD") == 0
    assert money_faults() == []
    assert stands(nora, JAN_8) == "under_review"
    decided(taken, "approved", JAN_20)
    assert stands(nora, JAN_20) == "good"


def test_its_payer_gets_one_receipt_for_the_order_that_stands() -> None:
    row = applied(a_holder(), DEC_5)
    pays(row.order, JAN_8, dated=DEC_1, amount="375.00")
    order = fresh(row).order
    assert order is not None
    receipts = OutboxMessage.objects.filter(kind="order_receipt")
    assert [each.payload["number"] for each in receipts] == [order.number]


def test_more_than_the_fee_without_lateness_is_kept_as_credit() -> None:
    nora = a_holder()
    row = applied(nora, DEC_5)
    pays(row.order, JAN_8, dated=DEC_1, amount="400.00")
    assert fresh(row).state == "open"
    assert credit_of(nora, BODY, "USD") == 25
    assert money_faults() == []


@pytest.mark.parametrize(
    ("parts", "credit"), [(["425.00"], 50), (["450.00"], 75), (["374.00", "51.00"], 50)]
)
def test_a_late_fee_that_came_in_time_is_given_back_as_credit(
    parts: list[str], credit: int
) -> None:
    nora = a_holder()
    row = applied(nora, DEC_5)
    for amount in parts:
        pays(fresh(row).order, JAN_8, dated=DEC_1, amount=amount)
    assert (fresh(row).state, fresh(row).paid_on) == ("open", DEC_1)
    assert credit_of(nora, BODY, "USD") == credit
    assert money_faults() == []


def test_once_other_money_is_refused_what_came_in_time_is_enough() -> None:
    row = applied(a_holder(), DEC_5)
    assert row.order is not None
    pays(row.order, DEC_5, dated=DEC_1, amount="1200.00")
    pays(row.order, DEC_5, dated=DEC_1, amount="375.00")
    assert fresh(row).state == "awaiting"
    refuse_payment(
        actor=Actor("Mary", user_id=a_manager("Mary Manager").pk),
        payment=row.order.payments.get(amount=1200),
        reason="No such cheque",
        today=JAN_8,
        now=noon(JAN_8),
    )
    assert (fresh(row).state, fresh(row).paid_on) == ("open", DEC_1)
    assert money_faults() == []


def test_a_late_payment_that_was_given_back_makes_nothing_late() -> None:
    row = applied(a_holder(), NOV_28)
    pays(row.order, DEC_5, dated=DEC_2)
    wrong = Order.objects.get(member=row.member, state="fulfilled")
    refund_order(
        actor=TESTER,
        order=wrong,
        quantities={line.pk: 1 for line in wrong.lines.all()},
        method=Payment.Method.CHEQUE,
        reason="The date was misread.",
        key="misread",
        today=DEC_5,
        now=noon(DEC_5),
    )
    late = fresh(row).order
    assert late is not None
    cancel_order(
        actor=TESTER, order=late, reason="A slip", today=DEC_5, now=noon(DEC_5)
    )
    again = sent(fresh(row), DEC_5)
    pays(again.order, DEC_5, dated=DEC_1, amount="375.00")
    assert (fresh(row).state, fresh(row).paid_on) == ("open", DEC_1)


def test_paid_after_the_window_no_rest_is_asked_for() -> None:
    row = applied(a_holder(), NOV_28)
    pays(row.order, JAN_8)
    waits = fresh(row)
    assert (waits.state, waits.order_id) == ("awaiting", row.order_id)
    assert Order.objects.count() == 1


def test_too_little_for_either_fee_changes_nothing() -> None:
    row = applied(a_holder(), DEC_5)
    pays(row.order, DEC_5, dated=DEC_1, amount="374.99")
    waits = fresh(row)
    assert (waits.state, waits.order_id) == ("awaiting", row.order_id)
    pays(waits.order, DEC_5, dated=DEC_1, amount="0.01")
    assert (fresh(row).state, fresh(row).paid_on) == ("open", DEC_1)


def test_a_part_paid_late_asks_the_late_fee_of_the_whole() -> None:
    row = applied(a_holder(), DEC_5)
    pays(row.order, DEC_5, amount="375.00")
    assert fresh(row).state == "awaiting"
    pays(row.order, DEC_5, dated=DEC_1, amount="50.00")
    assert (fresh(row).state, fresh(row).paid_on) == ("open", DEC_5)
    assert Order.objects.count() == 1


def test_while_a_second_person_looks_at_other_money_it_waits() -> None:
    row = applied(a_holder(), DEC_5)
    pays(row.order, DEC_5, dated=DEC_1, amount="1200.00")
    assert fresh(row).state == "awaiting"
    pays(row.order, DEC_5, dated=DEC_1, amount="375.00")
    waits = fresh(row)
    assert (waits.state, waits.order_id) == ("awaiting", row.order_id)


def test_its_order_is_due_on_the_day_that_decides_the_fee() -> None:
    early, late = applied(a_holder(), NOV_28), applied(a_holder("Ola Old"), DEC_5)
    assert early.order is not None
    assert late.order is not None
    assert early.order.due_on == DEC_1
    assert late.order.due_on == date(2025, 12, 31)
