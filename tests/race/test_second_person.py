"""What one person may do about money by themselves holds at one moment as well."""

from decimal import Decimal
from functools import partial

import pytest
from django.db import connection

from billing.models import Order, Payment
from core.models import AuditEntry, OutboxMessage
from tests.billing.money import an_order, manager, paid
from tests.cast import Cast
from tests.matrix.money_desk import failed_refund
from tests.race.hands import at_once
from tests.race.money import Unlocked, all_at_once, pays, settles

pytestmark = [
    pytest.mark.race,
    pytest.mark.db,
    pytest.mark.django_db(transaction=True),
]


def test_two_parts_of_a_large_payment_at_once_need_a_second_person(cast: Cast) -> None:
    mona = manager(cast)
    for _ in range(4):
        order = an_order(cast.northside, renewals=20)
        part = partial(pays, order, "900.00", actor=mona)
        assert all_at_once([part(), part()]) == ["", ""]
        states = order.payments.values_list("state", flat=True)
        assert sorted(states) == ["settled", "to_confirm"]
        order.refresh_from_db()
        assert order.settled == Decimal("900.00")


def test_without_the_order_s_lock_both_parts_of_a_large_payment_settle(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    monkeypatch.setattr(
        Order.objects, "select_for_update", lambda **options: Unlocked(Order)
    )
    mona, both = manager(cast), 0
    for _ in range(6):
        order = an_order(cast.northside, renewals=20)
        at_once([pays(order, "900.00", actor=mona) for _ in range(2)])
        both += not order.payments.filter(state=Payment.State.TO_CONFIRM).exists()
    assert both


def test_a_refund_that_failed_is_settled_one_way_alone(cast: Cast) -> None:
    order = an_order(cast.northside)
    paid(order, "170.00")
    for _ in range(3):
        refund = failed_refund(order)
        ways = [(Payment.Method.CHEQUE, "1042"), (Payment.Method.TRANSFER, "T-7")] * 4
        heard = at_once([settles(refund, *way) for way in ways])
        refund.refresh_from_db()
        done = (Payment.Method(refund.sent_by), refund.reference)
        assert done in ways
        assert [not said for said in heard] == [way == done for way in ways]
    entries = AuditEntry.objects.filter(action="refund.sent_otherwise")
    letters = OutboxMessage.objects.filter(kind="order_refund_sent")
    assert entries.count() == letters.count() == 3
