"""Invoices and credit notes: numbers without a gap, facts that never change."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F

from billing.models import Invoice, InvoiceCount, Order
from core.words import day_words, money_words


def issue(
    order: Order,
    *,
    kind: Invoice.Kind,
    seller: str,
    lines: Sequence[dict[str, Any]],
    total: Decimal,
    today: date,
    now: datetime,
) -> Invoice:
    """Write an invoice or a credit note with the next number of the body's year.

    Whoever takes a number holds the counter until their transaction ends: where it is
    taken back, so is the number, and no number is ever missing.

    Args:
        order: what it is for.
        kind: which of the two papers.
        seller: the body's full name.
        lines: label, quantity, unit, amount, why; as they are printed.
        total: what it adds up to, above zero for both kinds.
        today: the day on it, in the body's zone; its year is the number's.
        now: the instant, UTC.
    """
    sequence = _next(order.program, today.year)
    number = f"{order.program.upper()}-{today.year}-{sequence:05d}"
    facts = {
        "seller": seller,
        "payer": order.payer_name,
        "order": order.number,
        "issued_text": day_words(today),
        "due_text": day_words(order.due_on),
        "lines": list(lines),
        "total_text": money_words(total, order.currency),
        "takes_back": _number_of_invoice(order) if kind != Invoice.Kind.INVOICE else "",
    }
    return Invoice.objects.create(
        order=order,
        kind=kind,
        program=order.program,
        year=today.year,
        sequence=sequence,
        number=number,
        issued_on=today,
        currency=order.currency,
        total=total,
        facts=facts,
        at=now,
    )


def _next(program: str, year: int) -> int:
    InvoiceCount.objects.get_or_create(program=program, year=year)
    row = InvoiceCount.objects.filter(program=program, year=year)
    row.update(last=F("last") + 1)
    # Read under the update's lock.
    return row.get().last


def _number_of_invoice(order: Order) -> str:
    return order.invoices.get(kind=Invoice.Kind.INVOICE).number


def line_facts(
    label: str, quantity: int, unit: Decimal, amount: Decimal, why: str, currency: str
) -> dict[str, Any]:
    """Spell one line as it is printed."""
    return {
        "label": label,
        "quantity": quantity,
        "unit_text": money_words(unit, currency),
        "amount_text": money_words(amount, currency),
        "why": why,
    }
