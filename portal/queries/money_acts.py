"""What confirming a large payment does, and what cancelling an order does."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.dealings import own_dealing
from billing.models import Order, Payment
from billing.queries import payer_of, settled_alone
from core.actor import Actor
from core.failures import Missing
from core.words import day_words, money_words
from credentials.policy import zone_of
from portal.queries.orders import PAYMENT_TAGS
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.trail import when_words


@dataclass(frozen=True)
class MoneyAct:
    """All the template shows; `blocked` says why there is nothing to do."""

    body_name: str
    order_number: str
    order_url: str
    facts: Sequence[tuple[str, str]]
    follows: Sequence[str]
    blocked: str
    tag: Tag | None = None


def payment_of(order: Order, payment_id: UUID) -> Payment:
    """Find a payment of an order.

    Raises:
        Missing: the order has no such payment.
    """
    found = order.payments.filter(pk=payment_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def order_url(order: Order) -> str:
    """The address of an order among its body's staff."""
    place = {"program": order.program, "order_id": order.pk}
    return reverse("staff_order", kwargs=place)


def payment_page(order: Order, payment: Payment, *, reader: Actor) -> MoneyAct:
    """Show a payment that waits for a second person, and what confirming it does."""
    amount = money_words(payment.amount, payment.currency)
    before = settled_alone(order, user_id=payment.by_user_id, label=payment.by)
    alone = money_words(before, order.currency)
    facts = [
        ("Amount", amount),
        ("Paid by", payment.get_method_display()),
        *([("Reference", payment.reference)] if payment.reference else []),
        ("Received", day_words(payment.received_on)),
        ("Counts on", day_words(payment.counts_on)),
        ("Recorded by", payment.by),
        ("Recorded", when_words(payment.at, zone_of(order.program))),
        *([("They alone settled before", alone)] if before else []),
        ("Who pays", order.payer_name),
        ("Still to pay", money_words(order.rest, order.currency)),
    ]
    return MoneyAct(
        body_name=body_name(order.program),
        order_number=order.number,
        order_url=order_url(order),
        facts=facts,
        follows=_follows_confirming(order, payment),
        blocked=_blocked(order, payment, reader),
        tag=PAYMENT_TAGS[Payment.State(payment.state)],
    )


def _follows_confirming(order: Order, payment: Payment) -> list[str]:
    owed, payer = min(payment.amount, order.rest), order.payer_name
    if not owed:
        amount = money_words(payment.amount, order.currency)
        return [
            f"Order {order.number} was paid meanwhile: nothing of it is still to pay.",
            f"{amount} is kept as {payer}'s credit.",
            f"A receipt goes to {order.told}.",
        ]
    settled, on = money_words(owed, order.currency), day_words(payment.counts_on)
    said = [f"{settled} of order {order.number} is settled at once, as of {on}."]
    if payment.amount > owed:
        over = money_words(payment.amount - owed, order.currency)
        said.append(f"{over} is more than is owed: kept as {payer}'s credit.")
    if owed == order.rest:
        said.append(f"{payer} gets what was ordered.")
    else:
        left = money_words(order.rest - owed, order.currency)
        said.append(f"{left} is then still to pay.")
    return [*said, f"A receipt goes to {order.told}."]


def _blocked(order: Order, payment: Payment, reader: Actor) -> str:
    if payment.state != Payment.State.TO_CONFIRM:
        words = payment.get_state_display().lower()
        return f"This payment is {words}, by {payment.decided_by or payment.by}."
    if payment.by_user_id == reader.user_id:
        return "You recorded this payment. Another manager has to decide on it."
    return own_order(order, reader)


def own_order(order: Order, reader: Actor) -> str:
    """Say why somebody may not act on an order for the body; empty where they may."""
    return own_dealing(reader, payer_of(order), since=order.placed_at)


def cancel_page(order: Order, *, reader: Actor) -> MoneyAct:
    """Show what cancelling an order does."""
    return MoneyAct(
        body_name=body_name(order.program),
        order_number=order.number,
        order_url=order_url(order),
        facts=[
            ("Who pays", order.payer_name),
            ("Total", money_words(order.total, order.currency)),
            ("Paid so far", money_words(order.settled, order.currency)),
        ],
        follows=_follows_cancelling(order),
        blocked=_uncancellable(order) or own_order(order, reader),
    )


def _follows_cancelling(order: Order) -> list[str]:
    said = [
        "Nothing of it is to be paid any more, and nothing of it is delivered.",
        "A credit note takes its invoice back.",
    ]
    if order.settled:
        kept = money_words(order.settled, order.currency)
        said.append(f"{kept} that was paid is kept as {order.payer_name}'s credit.")
    return [*said, "It can't be taken back. A new order gets the prices of its day."]


def _uncancellable(order: Order) -> str:
    if order.state == Order.State.CANCELLED:
        return "This order is cancelled already."
    if order.state != Order.State.AWAITING:
        return "This order is paid. Give money back instead."
    if order.payments.filter(state=Payment.State.TO_CONFIRM).exists():
        return "A payment waits for a second person. Confirm or refuse it first."
    return ""
