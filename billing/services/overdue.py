"""Telling payers, once, that an order's day has passed."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef

from billing.models import Order, OrderLine, Payment
from billing.services.telling import tell_order_overdue
from core.models import OutboxMessage

MOST_AT_ONCE = 200


def tell_overdue(*, program: str, today: date, now: datetime) -> int:
    """Tell whose orders of a body await payment after the day they were due.

    Whoever was told is not told again, however often it runs. An order with a payment
    that waits for a second person is left out: its payer did what they could. So is
    one of fees alone: what they are for has a last day, and notices, of its own.

    Args:
        program: the body whose orders are looked at.
        today: the day in the body's zone.
        now: the instant, UTC.

    Returns:
        How many were told; what is more than 200 is told by the next run.
    """
    told = OutboxMessage.objects.filter(
        kind="order_overdue", subject_id=OuterRef("pk"), recipient=OuterRef("told")
    )
    waits = Payment.objects.filter(order=OuterRef("pk"), state=Payment.State.TO_CONFIRM)
    sold = OrderLine.objects.filter(order=OuterRef("pk"), is_fee=False)
    found = (
        Order.objects.of_program(program)
        .overdue(today)
        .filter(~Exists(told), ~Exists(waits), Exists(sold))
        .select_related("practice", "member")
        .order_by("due_on", "pk")[:MOST_AT_ONCE]
    )
    for order in found:
        tell_order_overdue(order, now=now)
    return len(found)
