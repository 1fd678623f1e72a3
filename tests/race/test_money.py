"""Many pay, cancel, refund and order at one moment: once, in full, in order."""

from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection

from accounts.models import Member
from billing.models import Invoice, InvoiceCount, Order, Payment
from billing.queries import balances, credit_of, money_faults
from billing.rules import Account
from credentials.models import SeatEntry, SeatPool
from credentials.services import Pick, assign
from tests.billing.money import a_sale, an_order, available, paid
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, certify, credit
from tests.portal.crowd import crowd
from tests.race.hands import at_once
from tests.race.money import (
    Act,
    Unlocked,
    all_at_once,
    cancels,
    heard,
    pays,
    places,
    refunds,
    uses_credit,
)

pytestmark = [
    pytest.mark.race,
    pytest.mark.db,
    pytest.mark.django_db(transaction=True),
]
USD = "USD"


def settled(order: Order) -> Decimal:
    """What an order says it was paid."""
    order.refresh_from_db()
    return order.settled


def bought(cast: Cast) -> int:
    """How many lines of Northside's seat ledger are for orders."""
    return SeatEntry.objects.filter(
        pool__practice=cast.northside, key__startswith="grant:order:"
    ).count()


def assigns(cast: Cast, member: Member) -> Act:
    """Renew somebody."""
    act = partial(
        assign,
        actor=TESTER,
        practice=cast.northside,
        product=cast.renewals,
        picks=[Pick(member.pk)],
        form_key=uuid4().hex,
        today=TODAY,
        now=NOW,
    )
    return partial(heard, act)


def lapsed(cast: Cast, count: int) -> list[Member]:
    """People who need a renewal and have the credit for it."""
    members = crowd(cast.northside, count, [TODAY.replace(day=2)])
    for member in members:
        certify(member)
        credit(member, "3.0", on=TODAY.replace(month=5))
    return members


def test_fifty_of_one_payment_are_one(cast: Cast) -> None:
    order = an_order(cast.northside)
    heard = all_at_once([pays(order, "170.00", "the-click")] * 50)
    assert heard == [""] * 50
    assert order.payments.count() == 1
    assert (settled(order), order.state) == (Decimal("170.00"), "fulfilled")
    assert available(cast.northside) == 2
    assert bought(cast) == 1


def test_fifty_of_one_order_are_one(cast: Cast) -> None:
    sale = a_sale({"renewals": 2})
    heard = all_at_once([places(cast, sale, "the-click")] * 50)
    assert heard == [""] * 50
    assert Order.objects.count() == 1
    assert Invoice.objects.count() == 1


def test_two_payments_settle_no_more_than_the_total(cast: Cast) -> None:
    order = an_order(cast.northside)
    heard = all_at_once([pays(order, "100.00"), pays(order, "120.00")])
    assert heard == ["", ""]
    assert settled(order) == Decimal("170.00")
    assert credit_of(cast.northside, BODY, USD) == Decimal("50.00")
    assert balances(BODY)[Account.CASH] == Decimal("220.00")


def test_an_order_is_paid_or_cancelled(cast: Cast) -> None:
    for _ in range(4):
        order = an_order(cast.northside)
        paying, cancelling = all_at_once([pays(order, "170.00"), cancels(order)])
        order.refresh_from_db()
        assert {order.state, bool(paying), bool(cancelling)} in (
            {"fulfilled", False, True},
            {"cancelled", True, False},
        )
        assert bool(paying) != bool(cancelling)


def test_no_more_is_given_back_than_was_bought(cast: Cast) -> None:
    order = an_order(cast.northside, renewals=5)
    paid(order, "425.00")
    heard = all_at_once([refunds(order, 2) for _ in range(8)])
    assert heard.count("") == 2
    order.refresh_from_db()
    assert order.refunded == Decimal("340.00")
    assert available(cast.northside) == 1


def test_one_refund_pressed_often_is_one(cast: Cast) -> None:
    order = an_order(cast.northside, renewals=5)
    paid(order, "425.00")
    assert all_at_once([refunds(order, 2, "the-click")] * 16) == [""] * 16
    assert available(cast.northside) == 3


def test_a_seat_is_assigned_or_given_back(cast: Cast) -> None:
    people = lapsed(cast, 8)
    for member in people:
        order = an_order(cast.northside, renewals=1)
        paid(order, "85.00")
        refunding, assigning = all_at_once([refunds(order, 1), assigns(cast, member)])
        assert bool(refunding) != bool(assigning), (refunding, assigning)
        pool = SeatPool.objects.get(practice=cast.northside, product=cast.renewals)
        assert pool.used == pool.granted


def test_credit_is_used_once(cast: Cast) -> None:
    paid(an_order(cast.northside), "250.00")
    assert credit_of(cast.northside, BODY, USD) == Decimal("80.00")
    orders = [an_order(cast.northside) for _ in range(8)]
    heard = all_at_once([uses_credit(order) for order in orders])
    assert heard.count("") == 1
    assert credit_of(cast.northside, BODY, USD) == 0
    used = Payment.objects.filter(method=Payment.Method.CREDIT)
    assert [each.amount for each in used] == [Decimal("80.00")]


def test_sixteen_invoices_have_sixteen_numbers_in_a_row(cast: Cast) -> None:
    sale = a_sale({"renewals": 1})
    assert all_at_once([places(cast, sale) for _ in range(16)]) == [""] * 16
    found = sorted(Invoice.objects.values_list("sequence", flat=True))
    assert found == list(range(1, 17))
    assert InvoiceCount.objects.get().last == 16


def test_thirty_two_mixed_hands_all_finish(cast: Cast) -> None:
    seats = 3
    mixed = a_sale({"renewals": seats, "membership": 2})
    people = lapsed(cast, 8)
    waiting = [an_order(cast.northside) for _ in range(6)]
    fulfilled = [an_order(cast.northside) for _ in range(6)]
    for order in fulfilled:
        paid(order, "170.00")
    acts = [
        *(assigns(cast, member) for member in people),
        *(pays(order, "200.00") for order in waiting),
        *(refunds(order, 1) for order in fulfilled),
        *(places(cast, mixed) for _ in range(6)),
        *(uses_credit(order) for order in waiting[:3]),
        *(cancels(order) for order in waiting[3:]),
    ]
    assert len(acts) == 32
    assert len(all_at_once(acts)) == 32


def of_several_pools(cast: Cast, people: int) -> list[Act]:
    """Refunds that take seats from five pools beside people who take one of them."""
    key = uuid4().hex
    places(cast, a_sale({"membership": 2, "renewals": 2 + people}), key)()
    order = Order.objects.get(form_key=key)
    paid(order, str(order.total))
    return [
        *(refunds(order, 1) for _ in range(2)),
        *(assigns(cast, member) for member in lapsed(cast, people)),
    ]


def test_refunds_of_several_products_lock_nobody_out(cast: Cast) -> None:
    assert all_at_once(of_several_pools(cast, 4)) == [""] * 6


def test_without_the_order_s_lock_two_payments_settle_it_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    monkeypatch.setattr(
        Order.objects, "select_for_update", lambda **options: Unlocked(Order)
    )
    wrong = 0
    for _ in range(6):
        order = an_order(cast.northside)
        at_once([pays(order, "85.00") for _ in range(8)])
        wrong += any(each.about == order.number for each in money_faults())
    assert wrong


def test_without_the_counter_s_lock_numbers_are_doubled(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    monkeypatch.setattr("billing.services.invoicing._next", _read_then_write)
    sale = a_sale({"renewals": 1})
    broken = 0
    for act in [[places(cast, sale) for _ in range(16)] for _ in range(4)]:
        try:
            at_once(act)
        except IntegrityError as error:
            # Only the database keeps the second of the same number out.
            broken += "billing_invoice" in str(error)
    assert broken


def _read_then_write(program: str, year: int) -> int:
    row, _ = InvoiceCount.objects.get_or_create(program=program, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def test_without_all_pools_held_first_they_lock_each_other_out(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    stuck = False
    for _ in range(8):
        acts = of_several_pools(cast, 4)
        with monkeypatch.context() as patch:
            patch.setattr("credentials.services.selling._hold_pools", _hold_none)
            try:
                at_once(acts)
            except OperationalError as error:
                stuck = "deadlock" in str(error)
        if stuck:
            break
    assert stuck


def _hold_none(*args: object) -> None:
    """Hold nothing."""
