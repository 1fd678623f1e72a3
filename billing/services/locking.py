"""Locking an order: for whoever pays it, and for who works on it for the body."""

from accounts.dealings import refuse_own_dealing
from billing.models import Order
from billing.queries import payer_of
from core.actor import Actor
from core.failures import Missing


def lock(order: Order) -> Order:
    """Lock an order until the transaction ends, and read it as it is now.

    Raises:
        Missing: it can't be seen from here.
    """
    found = Order.objects.select_for_update(of=("self",)).filter(pk=order.pk).first()
    if found is None:
        raise Missing("Not found.")
    return found


def lock_for_body(actor: Actor, order: Order) -> Order:
    """Lock an order that somebody works on for the body, unless it is their own.

    Raises:
        Missing: it can't be seen from here.
        Forbidden: they pay it, or have administered who pays it since it was placed.
    """
    found = lock(order)
    refuse_own_dealing(actor, payer_of(found), since=found.placed_at)
    return found
