"""The papers of an order: its invoice and credit notes, and receipts of payments."""

from uuid import UUID

from billing.models import Invoice, Order, Payment
from core.failures import Missing


def invoice_of(order: Order, invoice_id: UUID) -> Invoice:
    """Find one of an order's invoices and credit notes.

    Raises:
        Missing: it has no such paper.
    """
    found = order.invoices.filter(pk=invoice_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def receipt_of(order: Order, payment_id: UUID) -> Payment:
    """Find one of an order's payments that there is a receipt of.

    Raises:
        Missing: it has no such payment, or it isn't settled.
    """
    settled = order.payments.filter(state=Payment.State.SETTLED)
    found = settled.filter(pk=payment_id).first()
    if found is None:
        raise Missing("Not found.")
    return found
