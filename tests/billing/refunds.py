"""Money that goes back to the card it came from."""

from billing import tasks
from billing.models import Order, Payment, Refund
from billing.services import refund_order
from tests.billing.money import manager
from tests.cast import NOW, TODAY, Cast


def back(cast: Cast, order: Order, count: int = 1, key: str = "k") -> Refund:
    """Give so many of the order's only line back to its card."""
    return refund_order(
        actor=manager(cast),
        order=order,
        quantities={order.lines.get().pk: count},
        method=Payment.Method.CARD,
        reason="Ordered too many",
        key=key,
        today=TODAY,
        now=NOW,
    )


def sent(refund: Refund) -> Refund:
    """Let the worker send it; give it as it is then."""
    tasks.send_refund(str(refund.pk))
    refund.refresh_from_db()
    return refund
