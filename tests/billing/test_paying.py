"""Payments: what they settle, whom they need, and what follows once."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import StaffRole
from billing.models import JournalRow, Order, Payment
from billing.queries import balances, credit_of, money_faults
from billing.rules import Account
from billing.services import (
    PaymentFacts,
    confirm_payment,
    place_order,
    record_payment,
    refuse_payment,
    use_credit,
)
from core.actor import Actor
from core.failures import NotEligible, NotUsable, Stale
from core.models import AuditEntry, OutboxMessage
from credentials.models import SeatEntry
from tests.billing.money import a_sale, an_order, available, manager, paid
from tests.cast import BODY, NOW, TODAY, Cast, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.db]
Method = Payment.Method


def test_the_payment_that_makes_an_order_whole_brings_what_was_bought(
    cast: Cast,
) -> None:
    order = an_order(cast.northside)
    paid(order, "100.00")
    assert available(cast.northside) == 0

    paid(order, "70.00", method=Method.TRANSFER)
    order.refresh_from_db()

    assert (order.state, order.paid_on, order.rest) == ("fulfilled", TODAY, Decimal(0))
    assert available(cast.northside) == 2
    assert SeatEntry.objects.get(reason=f"Order {order.number}").delta == 2
    assert [step.text for step in order.steps.all()] == [
        "Placed",
        "$100.00 by phone",
        "$70.00 by transfer",
        "Paid",
        "Fulfilled",
    ]
    assert OutboxMessage.objects.filter(kind="order_receipt").count() == 2
    settled = AuditEntry.objects.filter(action="payment.settled")
    assert sorted(each.sentence.partition(" for ")[0] for each in settled) == [
        "Settled $100.00 by phone",
        "Settled $70.00 by transfer",
    ]
    assert balances(BODY)[Account.CASH] == 170
    assert money_faults() == []


def test_the_same_payment_again_pays_nothing_more(cast: Cast) -> None:
    order, other = an_order(cast.northside), an_order(cast.lakeview)
    first = paid(order, "170.00", key="k")

    assert paid(order, "170.00", key="k") == first
    assert available(cast.northside) == 2
    with pytest.raises(Stale):
        paid(order, "10.00", key="k")
    with pytest.raises(Stale):
        paid(other, "170.00", key="k")


def test_a_paid_order_is_not_paid_again(cast: Cast) -> None:
    order = an_order(cast.northside)
    paid(order, "170.00")

    with pytest.raises(NotEligible, match="is paid already"):
        paid(order, "170.00")
    assert Payment.objects.count() == 1


def test_what_is_paid_too_much_is_kept_as_credit_and_can_be_used(cast: Cast) -> None:
    paid(an_order(cast.northside), "220.00")
    assert credit_of(cast.northside, BODY, "USD") == 50
    receipt = OutboxMessage.objects.get(kind="order_receipt")
    assert receipt.payload["over_text"] == "$50.00"

    order = an_order(cast.northside, renewals=1)
    for _ in range(2):
        use_credit(actor=manager(cast), order=order, key="c", today=TODAY, now=NOW)
    order.refresh_from_db()

    assert order.rest == 35
    assert credit_of(cast.northside, BODY, "USD") == 0
    with pytest.raises(NotEligible, match="no credit"):
        use_credit(actor=manager(cast), order=order, key="d", today=TODAY, now=NOW)
    assert money_faults() == []


def test_a_cheque_counts_on_its_own_date(cast: Cast) -> None:
    order = an_order(cast.northside)
    dated = TODAY - timedelta(days=5)
    payment = paid(order, "170.00", method=Method.CHEQUE, dated_on=dated)
    order.refresh_from_db()

    assert (payment.received_on, payment.counts_on) == (TODAY, dated)
    assert order.paid_on == dated


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (PaymentFacts(Method.PHONE, Decimal("0"), TODAY), "amount"),
        (PaymentFacts(Method.PHONE, Decimal("-5"), TODAY), "amount"),
        (PaymentFacts(Method.PHONE, Decimal("1.005"), TODAY), "amount"),
        (PaymentFacts(Method.PHONE, Decimal("1000000.01"), TODAY), "amount"),
        (PaymentFacts(Method.PHONE, Decimal(1), date(2025, 11, 18)), "received_on"),
        (PaymentFacts(Method.CHEQUE, Decimal(1), TODAY, None, "7"), "dated_on"),
        (PaymentFacts(Method.CHEQUE, Decimal(1), TODAY, TODAY, " "), "reference"),
        (
            PaymentFacts(Method.CHEQUE, Decimal(1), TODAY, date(2025, 11, 18), "7"),
            "dated_on",
        ),
        (PaymentFacts(Method.PHONE, Decimal(1), TODAY, TODAY), "dated_on"),
        (PaymentFacts(Method.PHONE, Decimal(1), TODAY, None, "x" * 81), "reference"),
    ],
)
def test_a_fact_that_can_t_be_used_is_named(
    cast: Cast, facts: PaymentFacts, field: str
) -> None:
    order = an_order(cast.northside)
    with pytest.raises(NotUsable) as refused:
        record_payment(
            actor=manager(cast), order=order, facts=facts, key="k", today=TODAY, now=NOW
        )
    assert [each.field for each in refused.value.problems] == [field]
    assert not Payment.objects.exists()


def test_a_large_payment_settles_once_another_manager_confirms_it(cast: Cast) -> None:
    order = an_order(cast.northside, renewals=20)
    mona = manager(cast)
    payment = paid(order, "1700.00", actor=mona)
    assert available(cast.northside) == 0

    with pytest.raises(NotEligible, match="You recorded this payment"):
        confirm_payment(actor=mona, payment=payment, today=TODAY, now=NOW)
    user = a_user("Max Moor")
    StaffRole.objects.create(user=user, program=BODY, role="manager")
    second = Actor(user.name, user_id=user.pk)
    for _ in range(2):
        confirm_payment(actor=second, payment=payment, today=TODAY, now=NOW)

    assert available(cast.northside) == 20
    payment.refresh_from_db()
    assert (payment.by, payment.decided_by) == ("Mona Moss", "Max Moor")
    assert JournalRow.objects.filter(text="Phone").count() == 1
    assert money_faults() == []


def test_parts_of_a_large_payment_need_a_second_person_together(cast: Cast) -> None:
    order = an_order(cast.northside, renewals=20)
    mona, erin = manager(cast), manager(cast, "erin")
    assert paid(order, "900.00", actor=mona).state == "settled"
    rest = paid(order, "900.00", actor=mona)

    assert rest.state == "to_confirm"
    order.refresh_from_db()
    assert (order.state, order.settled) == ("awaiting", Decimal(900))
    confirm_payment(actor=erin, payment=rest, today=TODAY, now=NOW)
    assert available(cast.northside) == 20


def test_what_others_stand_for_is_nobody_s_part(cast: Cast) -> None:
    order = an_order(cast.northside, renewals=40)
    mona, erin = manager(cast), manager(cast, "erin")
    confirmed = paid(order, "1200.00", actor=mona)
    confirm_payment(actor=erin, payment=confirmed, today=TODAY, now=NOW)
    refused = paid(order, "1100.00", actor=mona)
    refuse_payment(
        actor=erin, payment=refused, reason="No such call", today=TODAY, now=NOW
    )
    card = {"method": Method.CARD, "key": "stripe:pi_1", "actor": mona}
    assert paid(order, "500.00", **card).state == "settled"  # type: ignore[arg-type]
    assert paid(order, "600.00", actor=erin).state == "settled"
    # All of the limit is left to Mona, and not a cent more.
    assert paid(order, "1000.00", actor=mona).state == "settled"
    assert paid(order, "0.01", actor=mona).state == "to_confirm"


def test_the_parts_of_one_order_are_not_those_of_another(cast: Cast) -> None:
    mona = manager(cast)
    for _ in range(2):
        order = an_order(cast.northside, renewals=10)
        assert paid(order, "850.00", actor=mona).state == "settled"


def test_a_refused_payment_settles_nothing(cast: Cast) -> None:
    order = an_order(cast.northside, renewals=20)
    payment = paid(order, "1700.00", actor=manager(cast))
    erin = manager(cast, "erin")

    with pytest.raises(NotUsable, match="why the payment is refused"):
        refuse_payment(actor=erin, payment=payment, reason=" ", today=TODAY, now=NOW)
    refuse_payment(
        actor=erin, payment=payment, reason="No such call", today=TODAY, now=NOW
    )

    assert Order.objects.get(pk=order.pk).rest == 1700
    with pytest.raises(NotEligible, match="This payment is refused"):
        confirm_payment(actor=erin, payment=payment, today=TODAY, now=NOW)


def test_an_order_that_costs_nothing_needs_no_payment(cast: Cast) -> None:
    order = an_order_for_nothing(cast)

    assert (order.state, order.total, order.paid_on) == ("fulfilled", Decimal(0), TODAY)
    assert available(cast.northside) == 3
    assert not order.invoices.exists()
    with pytest.raises(NotEligible, match="paid already"):
        paid(order, "1.00")
    assert money_faults() == []


def an_order_for_nothing(cast: Cast) -> Order:
    """Three renewals given away."""
    sale = a_sale({"renewals": 3})
    (line,) = sale.lines
    free = replace(line, unit=Decimal(0), amount=Decimal("0.00"))
    return place_order(
        actor=manager(cast),
        payer=cast.northside,
        told="alice@alice-adams.example",
        sale=replace(sale, lines=[free]),
        form_key="free",
        today=TODAY,
        now=NOW,
    )
