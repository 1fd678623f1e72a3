"""Placing and cancelling orders: prices frozen, invoices without a gap."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Member
from billing.models import Invoice, JournalRow, Order, Payment
from billing.queries import balances, credit_of, money_faults
from billing.rules import Account
from billing.services import cancel_order, place_order
from core.failures import NotEligible, NotUsable, Stale
from core.models import AuditEntry, OutboxMessage
from tests.billing.money import SELLER, a_sale, an_order, available, manager, paid
from tests.cast import BODY, NOW, TESTER, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def test_an_order_has_its_lines_invoice_journal_entry_and_mail(cast: Cast) -> None:
    order = an_order(cast.northside, renewals=10)
    (line,) = order.lines.all()
    invoice = order.invoices.get()

    assert (order.state, order.total, order.rest) == (
        "awaiting",
        Decimal(850),
        Decimal(850),
    )
    assert order.due_on == TODAY + timedelta(days=30)
    assert line.why == "10 × $85.00 = $850.00 (A2)"
    assert invoice.number == "ACMSS-2025-00001"
    assert invoice.facts["seller"] == SELLER
    assert invoice.facts["lines"][0]["amount_text"] == "$850.00"
    assert balances(BODY)[Account.RECEIVABLE] == 850
    assert balances(BODY)[Account.REVENUE] == -850
    assert AuditEntry.objects.get(action="order.placed").practice == cast.northside
    assert OutboxMessage.objects.get(kind="order_placed").payload["due_text"] == (
        "Dec 17, 2025"
    )
    assert available(cast.northside) == 0


def test_the_same_form_again_is_the_same_order(cast: Cast) -> None:
    first, again = (an_order(cast.northside, key="k") for _ in range(2))

    assert first == again
    assert Invoice.objects.count() == JournalRow.objects.count() == 1
    with pytest.raises(Stale):
        an_order(cast.northside, renewals=3, key="k")
    with pytest.raises(Stale):
        an_order(cast.lakeview, key="k")


def test_numbers_have_no_gap_whatever_is_taken_back(cast: Cast) -> None:
    an_order(cast.northside)
    with transaction.atomic():
        an_order(cast.northside)
        transaction.set_rollback(True)
    an_order(cast.lakeview)
    later = TODAY.replace(year=2026)
    an_order(cast.northside, today=later)

    numbers = Invoice.objects.values_list("number", flat=True)
    assert list(numbers) == [
        "ACMSS-2025-00001",
        "ACMSS-2025-00002",
        "ACMSS-2026-00001",
    ]


def test_nothing_ordered_is_no_order(cast: Cast) -> None:
    with pytest.raises(NotUsable, match="at least one"):
        an_order(cast.northside, renewals=0)


def test_an_estimate_holds_for_its_days_and_no_longer(cast: Cast) -> None:
    def order(days: int) -> Order:
        return place_order(
            actor=TESTER,
            payer=cast.northside,
            told="alice@alice-adams.example",
            sale=a_sale({"renewals": 1}, on=TODAY - timedelta(days=days)),
            form_key=f"after {days}",
            today=TODAY,
            now=NOW,
        )

    assert order(30).priced_on == TODAY - timedelta(days=30)
    for days in (31, -1):
        with pytest.raises(NotUsable, match="today's prices"):
            order(days)


def test_a_member_orders_no_seats(cast: Cast) -> None:
    bob = Member.objects.get(pk=cast.bob.pk)
    with pytest.raises(NotEligible, match="Seats are for practices"):
        place_order(
            actor=TESTER,
            payer=bob,
            told="bob@mail.example",
            sale=a_sale({"renewals": 1}),
            form_key="k",
            today=TODAY,
            now=NOW,
        )


def test_what_was_ordered_is_never_changed(cast: Cast) -> None:
    order = an_order(cast.northside)
    for table, column in (
        ("billing_order", "total"),
        ("billing_orderline", "amount"),
        ("billing_invoice", "total"),
        ("billing_journalrow", "amount"),
        ("billing_price", "unit"),
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE {table} SET {column} = 1")  # noqa: S608
    assert Order.objects.get(pk=order.pk).total == 170


def test_an_order_that_nobody_paid_is_cancelled_with_a_credit_note(cast: Cast) -> None:
    order = an_order(cast.northside)
    for _ in range(2):
        cancel_order(
            actor=manager(cast), order=order, reason="Doubled", today=TODAY, now=NOW
        )

    order.refresh_from_db()
    assert order.state == "cancelled"
    note = order.invoices.get(kind="credit_note")
    assert (note.number, note.facts["takes_back"]) == (
        "ACMSS-2025-00002",
        "ACMSS-2025-00001",
    )
    assert set(balances(BODY).values()) == {Decimal(0)}
    assert money_faults() == []


def test_what_was_paid_of_a_cancelled_order_is_the_payer_s_credit(cast: Cast) -> None:
    order = an_order(cast.northside)
    paid(order, "50.00")
    cancel_order(actor=manager(cast), order=order, reason="No", today=TODAY, now=NOW)

    assert credit_of(cast.northside, BODY, "USD") == 50
    assert balances(BODY)[Account.CREDIT] == -50
    assert balances(BODY)[Account.RECEIVABLE] == 0
    assert money_faults() == []


def test_a_paid_order_is_not_cancelled_nor_one_with_a_payment_that_waits(
    cast: Cast,
) -> None:
    done, large = an_order(cast.northside), an_order(cast.northside, renewals=20)
    paid(done, "170.00")
    payment = paid(large, "1700.00", actor=manager(cast))

    assert payment.state == Payment.State.TO_CONFIRM
    for order, words in ((done, "Refund it instead"), (large, "second person")):
        with pytest.raises(NotEligible, match=words):
            cancel_order(
                actor=manager(cast), order=order, reason="No", today=TODAY, now=NOW
            )
