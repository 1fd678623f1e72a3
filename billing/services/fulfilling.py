"""What follows when an order is paid in full."""

from datetime import date, datetime

from billing.events import OrderPaid
from billing.models import Order, OrderStep
from core.actor import Actor
from core.events import publish


def fulfil(
    *, actor: Actor, order: Order, counts_on: date, today: date, now: datetime
) -> None:
    """Hand what was bought to whoever holds it, in the payment's transaction.

    Args:
        actor: who made the order whole.
        order: locked, with nothing left to pay.
        counts_on: the last of the days its payments count (N5).
        today: the day in the body's zone.
        now: the instant, UTC.
    """
    order.paid_on = counts_on
    order.state = Order.State.PAID
    order.save(update_fields=["state", "paid_on"])
    step(order, "Paid", actor, now)
    publish(OrderPaid(order, list(order.lines.all()), actor, today, now))
    order.state = Order.State.FULFILLED
    order.save(update_fields=["state"])
    step(order, "Fulfilled", actor, now)


def step(order: Order, text: str, actor: Actor, now: datetime) -> None:
    """Write down what happened to an order, under the state it is in now."""
    OrderStep.objects.create(
        order=order, state=order.state, text=text[:400], by=actor.label, at=now
    )
