"""`manage.py reconcile` shows each kind of fault in the books, and repairs none."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import F
from structlog.testing import capture_logs

from billing.models import (
    CardCharge,
    CreditBalance,
    Invoice,
    InvoiceCount,
    JournalRow,
    Order,
    OrderLine,
    Payment,
)
from billing.queries import money_faults
from billing.services import ask_charge
from credentials.tasks import reconcile
from tests.billing.money import an_order, paid
from tests.billing.storing import charge_all, stored
from tests.billing.stripe_fake import Far
from tests.cast import NOW, OTHER_BODY, TESTER, TODAY, Cast
from tests.db.breaking import another
from tests.db.money_rows import given_back
from tests.matrix.asking import checksum
from tests.matrix.canaries import open_ledgers
from tests.trail.test_reconciling import run

pytestmark = pytest.mark.db


@pytest.fixture
def order(cast: Cast) -> Order:
    """An order of $170.00 paid with $200.00, half of it given back as credit."""
    order = an_order(cast.northside)
    paid(order, "200.00")
    given_back(order)
    order.refresh_from_db()
    return order


def _another_journal_row(order: Order) -> None:
    row = order.journal.filter(debit="cash", credit="receivable").get()
    another(row, amount=Decimal("1.00"))


def _a_refund_without_rows(order: Order) -> None:
    another(order.refunds.get(), amount=Decimal("1.00"))


FAULTS: list[tuple[Callable[[Order], Any], str]] = [
    (
        lambda order: OrderLine.objects.update(amount=169),
        "its lines add up to 169.00, its total is 170.00",
    ),
    (
        lambda order: Payment.objects.update(over=29),
        "payments settled 171.00, the order says 170.00",
    ),
    (_a_refund_without_rows, "refunds are 86.00, the order says 85.00"),
    (
        lambda order: Invoice.objects.filter(kind="invoice").update(total=171),
        "it is invoiced with 171.00, its total is 170.00",
    ),
    (
        lambda order: Invoice.objects.filter(kind="credit_note").update(total=84),
        "credit notes are 84.00, they should be 85.00",
    ),
    (_another_journal_row, "the journal has receivable of -1.00, it should be 0.00"),
    (
        lambda order: JournalRow.objects.filter(credit="revenue").update(credit="fees"),
        "the journal has fees of -170.00, it should be 0.00",
    ),
    (
        lambda order: JournalRow.objects.filter(debit="refunds").update(debit="cash"),
        "the journal has refunds of 0.00, it should be 85.00",
    ),
    (
        lambda order: CreditBalance.objects.update(amount=F("amount") + 1),
        "Northside: 116.00 is kept as credit, the journal has 115.00",
    ),
    (
        lambda order: InvoiceCount.objects.update(last=3),
        "acmss 2025: 3 numbers were counted, 2 were given up to 2",
    ),
    (
        lambda order: Invoice.objects.filter(sequence=2).update(sequence=3),
        "acmss 2025: 2 numbers were counted, 2 were given up to 3",
    ),
]


def test_books_that_agree_have_no_fault(order: Order) -> None:
    assert money_faults() == []
    assert run() == (0, "All seats and all money agree.\n")


@pytest.mark.parametrize(("break_it", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_each_fault_is_shown_and_left(
    break_it: Callable[[Order], Any], said: str, order: Order
) -> None:
    with open_ledgers():
        break_it(order)
    before = checksum()
    status, text = run()
    assert status == 1
    assert said in text
    with capture_logs() as logs:
        reconcile()
    assert [log for log in logs if log["log_level"] == "error"]
    assert checksum() == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"state": "failed"}, "noted as failed with 0.00, its payment is 170.00"),
        ({"intent_id": "pi_x"}, "noted as succeeded with 170.00, its payment is 0.00"),
    ],
)
def test_a_charge_and_its_payment_must_agree(
    cast: Cast, far: Far, changes: dict[str, str], said: str
) -> None:
    bought = an_order(cast.northside)
    card = stored(far, cast.northside)
    ask_charge(actor=TESTER, order=bought, card=card, turn=0, today=TODAY, now=NOW)
    charge_all()
    assert money_faults() == []
    CardCharge.objects.update(**changes)
    (fault,) = money_faults(bought.program)
    assert fault.about == bought.number
    assert fault.text == f"a charge of Visa ending 4242 is {said}"
    assert money_faults(OTHER_BODY) == []


def test_credit_without_a_counter_is_shown(order: Order, cast: Cast) -> None:
    with open_ledgers():
        JournalRow.objects.update(practice=cast.lakeview)
    assert {(each.about, each.text) for each in money_faults()} == {
        ("Lakeview", "0.00 is kept as credit, the journal has 115.00"),
        ("Northside", "115.00 is kept as credit, the journal has 0.00"),
    }


def test_a_body_s_faults_are_its_own(order: Order) -> None:
    with open_ledgers():
        CreditBalance.objects.update(amount=0)
    assert len(money_faults(order.program)) == 1
    assert money_faults(OTHER_BODY) == []
