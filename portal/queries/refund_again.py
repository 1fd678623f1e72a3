"""A refund that its card did not take, and what can be done about it."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from billing.models import Order, Payment, Refund
from billing.services.card_refunds import left_on_card
from core.actor import Actor
from core.failures import Missing
from core.words import money_words
from credentials.policy import zone_of
from portal.queries.money_acts import MoneyAct, order_url, own_order
from portal.queries.places import body_name
from portal.queries.refunding import TAGS, paid_words
from portal.queries.trail import when_words


@dataclass(frozen=True)
class FailedRefund:
    """The refund's page; `card` is the card that can be tried again, or empty."""

    act: MoneyAct
    card: str


def refund_of(order: Order, refund_id: UUID) -> Refund:
    """Find a refund of an order.

    Raises:
        Missing: the order has no such refund.
    """
    found = order.refunds.filter(pk=refund_id).select_related("payment").first()
    if found is None:
        raise Missing("Not found.")
    return found


def failed_refund(order: Order, refund: Refund, *, reader: Actor) -> FailedRefund:
    """Show a refund that failed, and how its money can go now."""
    amount = money_words(refund.amount, refund.currency)
    card = refund.payment
    again = _card(refund, card, amount)
    act = MoneyAct(
        body_name=body_name(order.program),
        order_number=order.number,
        order_url=order_url(order),
        facts=[
            ("Amount", amount),
            ("Who gets it", order.payer_name),
            *([("Card", f"The one that {paid_words(card)}")] if card else []),
            ("Decided by", refund.by),
            ("Decided", when_words(refund.at, zone_of(order.program))),
            ("Why it went back", refund.reason),
            *([("Why it failed", refund.error)] if refund.error else []),
            *([("Sent again", f"{refund.resent} times")] if refund.resent else []),
        ],
        follows=[
            "What was bought stays taken off, and its credit note stands.",
            *(["Sent to the card again, it is tried at once."] if again else []),
            f"Sent by you, it is noted here, and {order.told} is told by e-mail.",
        ],
        blocked=_blocked(refund) or own_order(order, reader),
        tag=TAGS[Refund.State(refund.state)],
    )
    return FailedRefund(act, again)


def _card(refund: Refund, card: Payment | None, amount: str) -> str:
    if not settings.CARDS or card is None or left_on_card(card) < refund.amount:
        return ""
    return f"Send {amount} to the card again"


def _blocked(refund: Refund) -> str:
    if refund.state == Refund.State.FAILED:
        return ""
    if refund.sent_by:
        by = f"{refund.get_sent_by_display().lower()} {refund.reference}".strip()
        return f"This refund is done: sent by {by}."
    return f"This refund is {refund.get_state_display().lower()}."


def settled_words(refund: Refund) -> str:
    """Say what was done about a refund that had failed."""
    amount = money_words(refund.amount, refund.currency)
    if not refund.sent_by:
        return f"{amount} is sent to the card again. This page says when it has left."
    by = f"{refund.get_sent_by_display().lower()} {refund.reference}".strip()
    return f"{amount} is noted as sent by {by}. The payer is told."
