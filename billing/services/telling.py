"""Mail about money: what was placed, what was paid, what is overdue."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from billing.models import Order, Payment, Refund
from core.outbox import tell
from core.words import day_words, money_words

Method = Payment.Method
# How money goes back, as its payer reads it.
WAYS = {
    Method.CARD: "to the card that paid",
    Method.CHEQUE: "by cheque",
    Method.TRANSFER: "by transfer",
    Method.CREDIT: "as your credit for a later order",
}


def tell_placed(order: Order, *, now: datetime) -> None:
    """Queue the mail that an order was placed and how it can be paid."""
    _tell(order, "order_placed", order.pk, _facts(order), now)


def tell_receipt(order: Order, payment: Payment, *, now: datetime) -> None:
    """Queue the receipt of a payment."""
    facts = _facts(order) | {
        "amount_text": money_words(payment.amount, order.currency),
        "method": payment.get_method_display(),
        "over_text": _maybe(payment.over, order.currency),
    }
    _tell(order, "order_receipt", payment.pk, facts, now)


def tell_order_overdue(order: Order, *, now: datetime) -> None:
    """Queue the mail that an order's day has passed; once however often it is asked."""
    _tell(order, "order_overdue", order.pk, _facts(order), now)


def tell_refund(order: Order, refund: Refund, *, now: datetime) -> None:
    """Queue the mail that money goes back, and how."""
    facts = _facts(order) | {
        "amount_text": money_words(refund.amount, order.currency),
        "way_text": WAYS.get(Method(refund.method), ""),
    }
    _tell(order, "order_refunded", refund.pk, facts, now)


def tell_refund_sent(order: Order, refund: Refund, *, by: str, now: datetime) -> None:
    """Queue the mail that money which its card did not take comes another way."""
    facts = _facts(order) | {
        "amount_text": money_words(refund.amount, order.currency),
        "way_text": f"by {by}",
    }
    _tell(order, "order_refund_sent", refund.pk, facts, now)


def _facts(order: Order) -> dict[str, str]:
    return {
        "name": order.payer_name,
        "number": order.number,
        "total_text": money_words(order.total, order.currency),
        "rest_text": _maybe(order.rest, order.currency),
        "due_text": day_words(order.due_on),
        "url": _url(order),
    }


def _maybe(amount: Decimal, currency: str) -> str:
    return money_words(amount, currency) if amount else ""


def _url(order: Order) -> str:
    place = {"order_id": order.pk}
    if order.practice is None:
        return f"{settings.BASE_URL}{reverse('my_order', kwargs=place)}"
    path = reverse("order", kwargs={"practice": order.practice.slug, **place})
    return f"{settings.BASE_URL}{path}"


def _tell(
    order: Order, kind: str, subject: UUID, facts: dict[str, str], now: datetime
) -> None:
    practice = order.practice.name if order.practice else "Goodstanding"
    tell(
        kind=kind,
        subject_id=subject,
        recipient=order.told,
        payload={"practice": practice, **facts},
        practice_id=order.practice_id,
        program=order.program,
        now=now,
    )
