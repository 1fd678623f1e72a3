"""What a client sends and gets about prices, estimates, orders and payments.

Money is text such as "170.00"; its currency stands beside it.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from billing.models import Order, OrderLine, Payment
from billing.rules import MOST_OF_ONE, Offer, PricedLine
from core import public_ids
from core.rest import (
    CodeField,
    CountField,
    IdField,
    ListOf,
    Strict,
    TextField,
    WordField,
    instant,
)
from credentials.policy import term_programs
from portal.queries.estimating import Estimate

MOST_LINES = 50
LONGEST_CODE = 40
LONGEST_ESTIMATE = 4000
ORDER, PAYMENT = "ord", "pay"


def _money(**how: Any) -> serializers.DecimalField:  # noqa: ANN401
    return serializers.DecimalField(12, 2, **how)


class NewLine(Strict):
    """How many of something."""

    offer = CodeField(max_length=LONGEST_CODE, help_text="The offer's code.")
    quantity = CountField(min_value=1, max_value=MOST_OF_ONE)


class NewEstimate(Strict):
    """What is to be priced."""

    program = WordField(
        term_programs(), required=False, help_text="The certifying body."
    )
    lines = ListOf(child=NewLine(), min_length=1, max_length=MOST_LINES)


class NewOrder(Strict):
    """What is ordered: at today's prices, or at those of an estimate."""

    one_of = ("estimate", "lines")

    program = WordField(
        term_programs(),
        required=False,
        help_text="The certifying body, beside `lines`.",
    )
    lines = ListOf(
        child=NewLine(),
        required=False,
        min_length=1,
        max_length=MOST_LINES,
        help_text="Send this, or `estimate`.",
    )
    estimate = TextField(
        required=False,
        max_length=LONGEST_ESTIMATE,
        help_text="The `id` of an estimate. Send this, or `lines`.",
    )


class PriceBreak(serializers.Serializer):
    """From how many on one costs how much."""

    start = serializers.IntegerField(min_value=1)
    unit = _money()


class OfferResource(serializers.Serializer):
    """Something a body sells today."""

    code = serializers.CharField()
    name = serializers.CharField()
    program = serializers.CharField()
    currency = serializers.CharField()
    products = serializers.ListField(
        child=serializers.CharField(), help_text="Each of these gets one seat."
    )
    breaks = PriceBreak(many=True)
    rule = serializers.CharField()
    note = serializers.CharField(help_text="Where the price is a ruling, why.")


class Line(serializers.Serializer):
    """What one line costs, and why."""

    offer = serializers.CharField()
    name = serializers.CharField()
    quantity = serializers.IntegerField(min_value=1)
    unit = _money()
    amount = _money()
    explanation = serializers.CharField()


class EstimateResource(serializers.Serializer):
    """What something costs, and until when."""

    id = serializers.CharField(help_text="Signed; it is the estimate.")
    program = serializers.CharField()
    currency = serializers.CharField()
    lines = Line(many=True)
    total = _money()
    priced_on = serializers.DateField()
    valid_until = serializers.DateField(help_text="The last day it holds.")
    url = serializers.URLField(help_text="The page that shows it.")


class OrderResource(serializers.Serializer):
    """What the practice ordered."""

    id = IdField(ORDER)
    number = serializers.CharField()
    program = serializers.CharField()
    state = serializers.ChoiceField(choices=Order.State.values)
    currency = serializers.CharField()
    lines = Line(many=True)
    total = _money()
    paid = _money(help_text="What was paid of the total.")
    refunded = _money()
    rest = _money(help_text="What is still to be paid.")
    placed_on = serializers.DateField()
    due_on = serializers.DateField()
    paid_on = serializers.DateField(allow_null=True)
    placed_by = serializers.CharField()
    placed_at = serializers.DateTimeField()
    invoice = serializers.CharField(
        allow_null=True, help_text="Its number; null where nothing is to be paid."
    )


class PaymentResource(serializers.Serializer):
    """Money for an order."""

    id = IdField(PAYMENT)
    order = IdField(ORDER)
    method = serializers.ChoiceField(choices=Payment.Method.values)
    state = serializers.ChoiceField(choices=Payment.State.values)
    amount = _money()
    over = _money(help_text="What was more than the rest; kept as credit.")
    currency = serializers.CharField()
    reference = serializers.CharField()
    received_on = serializers.DateField()
    counts_on = serializers.DateField(help_text="A cheque's own date.")


def offer_shown(offer: Offer, program: str, currency: str) -> dict[str, Any]:
    """Spell an offer out, at the prices everybody pays."""
    return {
        "code": offer.code,
        "name": offer.label,
        "program": program,
        "currency": currency,
        "products": list(offer.grants),
        "breaks": [
            {"start": each.start, "unit": _text(each.unit)}
            for each in offer.breaks_for(member=False)
        ],
        "rule": offer.rule,
        "note": offer.note,
    }


def estimate_shown(estimate: Estimate, url: str) -> dict[str, Any]:
    """Spell an estimate out."""
    return {
        "id": estimate.signed,
        "program": estimate.program,
        "currency": estimate.currency,
        "lines": _lines(estimate.lines),
        "total": _text(estimate.total),
        "priced_on": estimate.day.isoformat(),
        "valid_until": estimate.until.isoformat(),
        "url": url,
    }


def order_shown(order: Order) -> dict[str, Any]:
    """Spell an order out."""
    numbers = [
        each.number for each in order.invoices.all() if each.kind == each.Kind.INVOICE
    ]
    open_rest = order.rest if order.state == Order.State.AWAITING else Decimal(0)
    return {
        "id": public_ids.spell(ORDER, order.pk),
        "number": order.number,
        "program": order.program,
        "state": order.state,
        "currency": order.currency,
        "lines": _lines(order.lines.all()),
        "total": _text(order.total),
        "paid": _text(order.settled),
        "refunded": _text(order.refunded),
        "rest": _text(open_rest),
        "placed_on": order.placed_on.isoformat(),
        "due_on": order.due_on.isoformat(),
        "paid_on": order.paid_on and order.paid_on.isoformat(),
        "placed_by": order.placed_by,
        "placed_at": instant(order.placed_at),
        "invoice": numbers[0] if numbers else None,
    }


def payment_shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """Spell a payment out."""
    return {
        "id": public_ids.spell(PAYMENT, row["pk"]),
        "order": public_ids.spell(ORDER, row["order_id"]),
        "method": row["method"],
        "state": row["state"],
        "amount": _text(row["amount"]),
        "over": _text(row["over"]),
        "currency": row["currency"],
        "reference": row["reference"],
        "received_on": row["received_on"].isoformat(),
        "counts_on": row["counts_on"].isoformat(),
    }


def _lines(lines: Iterable[PricedLine | OrderLine]) -> list[dict[str, Any]]:
    return [
        {
            "offer": line.code,
            "name": line.label,
            "quantity": line.quantity,
            "unit": _text(line.unit),
            "amount": _text(line.amount),
            "explanation": line.why,
        }
        for line in lines
    ]


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"
