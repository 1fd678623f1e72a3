"""Paying an order by card: what the order's page offers, and what came of it."""

from dataclasses import dataclass

from billing.models import CardCharge, CardSession, Order, Payment
from billing.services.checkout import takes_cards
from core.words import money_words
from portal.queries.order_places import place_of

State = CardSession.State
WAITS = (
    "We are told by the card's provider; this page shows it as soon as it is there. "
    "You need not pay again."
)
ENDED = "The page for your card has ended. Nothing was charged."
LOST = (
    "The payment by card was not recorded. We look into it. If your card was charged, "
    "write to us with the order's number."
)


@dataclass(frozen=True)
class CardOffer:
    """What can be paid by card, and where to."""

    amount_text: str
    pay_url: str


@dataclass(frozen=True)
class Outcome:
    """What is known of a payment by card, when somebody comes back from paying."""

    number: str
    title: str
    text: str
    waits: bool
    order_url: str


def card_of(order: Order) -> CardOffer | None:
    """Say whether what is left of an order can be paid by card now."""
    to_confirm = order.payments.filter(state=Payment.State.TO_CONFIRM)
    charged = order.charges.filter(state__in=CardCharge.OPEN)
    if not takes_cards(order) or to_confirm.exists() or charged.exists():
        return None
    return CardOffer(
        amount_text=money_words(order.rest, order.currency),
        pay_url=place_of(order, "pay_by_card"),
    )


def outcome_of(order: Order) -> Outcome:
    """Say how far the last payment by card is; what the provider told us counts."""
    last = order.card_sessions.order_by("-created_at").first()
    title, text, waits = _said(order, last)
    return Outcome(
        number=order.number,
        title=title,
        text=text,
        waits=waits,
        order_url=place_of(order),
    )


def _said(order: Order, last: CardSession | None) -> tuple[str, str, bool]:
    if last is None:
        return "No payment by card", "Nobody began to pay this order by card.", False
    amount = money_words(last.amount, last.currency)
    if last.state == State.PAID:
        if order.state == Order.State.CANCELLED:
            text = f"{amount} arrived after the order was cancelled: it is your credit."
        else:
            text = f"{amount} arrived by card. You have the receipt by e-mail."
        return "Paid", text, False
    if last.state == State.OPEN:
        return "Waiting for the card provider", WAITS, True
    if last.state == State.EXPIRED:
        return "Not paid", ENDED, False
    return "Not recorded", LOST, False
