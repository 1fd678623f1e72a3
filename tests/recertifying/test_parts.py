"""A fee that is paid in parts, or ordered again: nothing is evaded or paid twice."""

from datetime import date

import pytest

from billing.models import Order
from billing.services import cancel_order
from core.models import OutboxMessage
from credentials.models import SocietyMembership
from tests.cast import TESTER
from tests.recertifying.living import (
    BODY,
    a_holder,
    applied,
    fresh,
    noon,
    pays,
    sent,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOV_3, NOV_28, NOV_30 = date(2025, 11, 3), date(2025, 11, 28), date(2025, 11, 30)
DEC_2, DEC_9 = date(2025, 12, 2), date(2025, 12, 9)
JAN_2 = date(2026, 1, 2)
DEC_20, DEC_22 = date(2025, 12, 20), date(2025, 12, 22)


def cancelled(order: Order | None, on: date) -> None:
    """Let staff cancel an order."""
    assert order is not None
    cancel_order(actor=TESTER, order=order, reason="A slip", today=on, now=noon(on))


def test_an_old_cheque_for_the_last_part_spares_nobody_the_late_fee() -> None:
    row = applied(a_holder(), NOV_3)
    pays(row.order, DEC_20, amount="300")
    pays(row.order, DEC_22, dated=NOV_30, amount="75")
    waits = fresh(row)
    assert (waits.state, waits.facts["not_taken"]) == (
        "awaiting",
        [["N5", "$375.00 of $425.00 are paid."]],
    )
    assert waits.order_id is not None
    first = Order.objects.exclude(pk=waits.order_id).get(member=row.member)
    assert first.paid_on == DEC_20


def test_submitted_again_it_asks_only_what_is_not_paid_yet() -> None:
    row = applied(a_holder(), NOV_28)
    pays(row.order, DEC_9, dated=DEC_2)
    cancelled(fresh(row).order, DEC_9)
    row = sent(fresh(row), DEC_20)
    assert row.order is not None
    assert [(line.code, str(line.amount)) for line in row.order.lines.all()] == [
        ("late", "50.00")
    ]
    pays(row.order, DEC_20)
    assert (fresh(row).state, fresh(row).paid_on) == ("open", DEC_20)


def test_who_leaves_the_society_between_two_submissions_is_asked_the_rest() -> None:
    nora = a_holder()
    member_until = SocietyMembership.objects.create(
        member=nora,
        program=BODY,
        from_on=NOV_3,
        recorded_by="tests",
        recorded_at=noon(NOV_3),
    )
    row = applied(nora, NOV_28)
    pays(row.order, DEC_9, dated=DEC_2)
    cancelled(fresh(row).order, DEC_9)
    SocietyMembership.objects.filter(pk=member_until.pk).update(until_on=DEC_9)
    row = sent(fresh(row), DEC_20)
    assert row.order is not None
    assert [
        (line.code, str(line.amount), line.label[-10:])
        for line in row.order.lines.all()
    ] == [
        ("recertification", "175.00", ", the rest"),
        ("late", "50.00", "pplication"),
    ]
    pays(row.order, DEC_20)
    assert (fresh(row).state, fresh(row).paid_on) == ("open", DEC_20)


def test_each_payment_that_is_not_enough_is_told_of() -> None:
    row = applied(a_holder(), NOV_28)
    pays(row.order, DEC_9, dated=DEC_2)
    pays(fresh(row).order, JAN_2)
    assert fresh(row).state == "awaiting"
    told = OutboxMessage.objects.filter(kind="application_not_taken")
    assert [each.payload["items"] for each in told.order_by("created_at")] == [
        ["$375.00 of $425.00 are paid."],
        ["The day of payment, Jan 2, 2026, is after the window."],
    ]
