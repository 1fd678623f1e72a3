"""Replacing an order by a smaller one, when the rest turns out not to be owed."""

from datetime import date, datetime

from django.db import transaction

from billing.models import Order
from billing.queries import money_counts_on, payer_of
from billing.services.crediting import use_credit
from billing.services.fulfilling import step
from billing.services.ordering import Sale, cancel_order, place_order
from core.actor import Actor
from core.failures import NotEligible


@transaction.atomic
def replace_order(
    *,
    actor: Actor,
    order: Order,
    sale: Sale,
    form_key: str,
    reason: str,
    today: date,
    now: datetime,
) -> tuple[Order, date]:
    """Cancel an order that is paid in part, and order what is owed in its place.

    What was paid becomes credit; `pay_replacement` pays the new one with it.

    Args:
        actor: who brought it about.
        order: locked, awaiting payment, with money on it and none under way.
        sale: what is owed instead.
        form_key: one-use key, 64 characters at most.
        reason: why, as the trail and the payer read it.
        today: the day in the body's zone.
        now: the instant, UTC.

    Returns:
        The new order, and the day that the money counts (N5).

    Raises:
        NotEligible: nothing is paid of it, or it can't be cancelled.
    """
    counts_on = money_counts_on(order)
    if counts_on is None:
        raise NotEligible("Nothing is paid of it. Nothing was replaced.")
    cancel_order(
        actor=actor, order=order, reason=reason, today=today, now=now, by_payer=True
    )
    placed = place_order(
        actor=actor,
        payer=payer_of(order),
        told=order.told,
        sale=sale,
        form_key=form_key,
        today=today,
        now=now,
        quiet=True,
    )
    order.refresh_from_db(fields=["state"])
    step(order, f"Replaced by order {placed.number}", actor, now)
    return placed, counts_on


def pay_replacement(
    *, actor: Actor, order: Order, counts_on: date, today: date, now: datetime
) -> None:
    """Pay a new order with what came in for the one that it replaces.

    Args:
        actor: who brought it about.
        order: the new one.
        counts_on: the day that the money counts (N5).
        today: the day in the body's zone.
        now: the instant, UTC.
    """
    use_credit(
        actor=actor,
        order=order,
        key=f"replaces:{order.pk}",
        today=today,
        now=now,
        by_payer=True,
        counts_on=counts_on,
    )
