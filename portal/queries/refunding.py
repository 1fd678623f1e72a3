"""What giving money of an order back comes to, and what it takes away."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db.models import Sum
from django.urls import reverse

from billing.models import Order, Payment, Refund
from billing.services import RefundPart
from billing.services.card_refunds import card_for, cards_of
from core.actor import Actor
from core.words import day_words, money_words
from credentials.models import Product, SeatPool
from credentials.policy import zone_of
from portal.queries.money_acts import MoneyAct, order_url, own_order
from portal.queries.orders import Paid
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.staff_order import REFUNDABLE
from portal.queries.trail import when_words

Method = Payment.Method
TAGS = {
    Refund.State.ASKED: Tag("info", "On its way"),
    Refund.State.DONE: Tag("ok", "Done"),
    Refund.State.FAILED: Tag("bad", "Failed"),
}
WAYS = {Method.TRANSFER: "by transfer", Method.CHEQUE: "by cheque"}


@dataclass(frozen=True)
class Returnable:
    """A line of an order: its place, its words, how many of it can go back."""

    line_id: UUID
    place: int
    label: str
    left: int


@dataclass(frozen=True)
class Plan:
    """What a refund comes to before it is done.

    `seen` spells it, so that nothing else is done than what was looked at. `blocked`
    says why it can't be done.
    """

    amount_text: str
    follows: Sequence[str]
    blocked: str
    seen: str


def returnable(order: Order) -> list[Returnable]:
    """List the lines of which something can go back."""
    lines = order.lines.annotate(back=Sum("refund_lines__quantity")).order_by("place")
    found = [(line, line.quantity - (line.back or 0)) for line in lines]
    return [
        Returnable(line.pk, line.place, line.label, left)
        for line, left in found
        if left and line.amount
    ]


def refunded_before(order: Order, key: str) -> Refund | None:
    """Find the refund that a form's key made already."""
    return order.refunds.filter(key=key).first()


def refund_page(order: Order, *, reader: Actor) -> MoneyAct:
    """Show the order whose money is to go back, or why none can."""
    return MoneyAct(
        body_name=body_name(order.program),
        order_number=order.number,
        order_url=order_url(order),
        facts=[
            ("Who pays", order.payer_name),
            ("Paid", money_words(order.settled, order.currency)),
            ("Given back before", money_words(order.refunded, order.currency)),
        ],
        follows=(),
        blocked=_blocked(order) or own_order(order, reader),
    )


def _blocked(order: Order) -> str:
    if order.state in REFUNDABLE and order.settled:
        return ""
    words = order.get_state_display().lower()
    return f"This order is {words}: there is nothing to give back."


def card_words(order: Order) -> str:
    """Offer the card that most can go back to; empty where nothing can to any."""
    if not settings.CARDS:
        return ""
    cards = cards_of(order)
    most = max((left for left, _ in cards), default=Decimal(0))
    if not most:
        return ""
    amount = money_words(most, order.currency)
    one = "its card" if len(cards) == 1 else "one card"
    return f"Card: at most {amount}, back to {one}"


def refund_plan(order: Order, parts: Sequence[RefundPart], method: Method) -> Plan:
    """Say what giving some of an order back does, before it is done.

    Raises:
        NotUsable: no card paid so much.
    """
    amount = sum((part.amount for part in parts), Decimal(0))
    card = card_for(order, amount) if method == Method.CARD else None
    text = money_words(amount, order.currency)
    seats, missing = _seats(order, _needed(parts))
    lines = [_words(part) for part in parts]
    counts = ",".join(f"{part.line.place}:{part.quantity}" for part in parts)
    return Plan(
        amount_text=text,
        follows=[
            *lines,
            *seats,
            *_ends(order, text, method, card),
        ],
        blocked=missing,
        seen="|".join((method, str(amount), counts, *([card.key] if card else ()))),
    )


def refunded_words(refund: Refund) -> str:
    """Say what a refund did."""
    amount = money_words(refund.amount, refund.currency)
    if refund.method == Method.CREDIT:
        return f"{amount} is kept as {refund.order.payer_name}'s credit."
    if refund.method == Method.CARD:
        return f"{amount} goes back to its card. This page says when it has left."
    return f"{amount} goes back {WAYS[Method(refund.method)]}. Send it now."


def refund_rows(order: Order, *, acts: bool) -> list[Paid]:
    """List an order's refunds; `acts`: whether who reads may settle what failed."""
    zone = zone_of(order.program)
    return [
        _refund_row(order, each, when_words(each.at, zone), acts=acts)
        for each in order.refunds.all()
    ]


def _refund_row(order: Order, refund: Refund, when: str, *, acts: bool) -> Paid:
    amount = money_words(refund.amount, refund.currency)
    detail = f"{when}, {refund.by}. Why: {refund.reason}"
    if refund.sent_by:
        by = f"{refund.get_sent_by_display().lower()} {refund.reference}".strip()
        detail += f" (Its card did not take it: sent by {by}.)"
    elif refund.error:
        detail += f" (Its card did not take it: {refund.error})"
    failed = refund.state == Refund.State.FAILED
    return Paid(
        text=f"{amount} by {refund.get_method_display().lower()}",
        detail=detail,
        tag=TAGS[Refund.State(refund.state)],
        url=failed_refund_url(order, refund.pk) if failed and acts else "",
    )


def failed_refund_url(order: Order, refund_id: UUID) -> str:
    """The address at which a refund that failed is settled."""
    place = {"program": order.program, "order_id": order.pk, "refund_id": refund_id}
    return reverse("staff_refund", kwargs=place)


def _words(part: RefundPart) -> str:
    line, currency = part.line, part.line.order.currency
    amount = money_words(part.amount, currency)
    return f"{part.quantity} of {line.quantity} × {line.label}: {amount}."


def _ends(order: Order, amount: str, method: Method, card: Payment | None) -> list[str]:
    if card is not None:
        first = f"{amount} goes back to the card that {paid_words(card)}, by itself."
    elif method == Method.CREDIT:
        first = f"{amount} is kept as {order.payer_name}'s credit for a later order."
    else:
        first = f"{amount} goes back {WAYS[method]}: you send it."
    return [
        first,
        f"A credit note is written, and {order.told} is told by e-mail.",
        "It can't be taken back.",
    ]


def paid_words(card: Payment) -> str:
    """Say which payment by card is meant: how much, when, the provider's id."""
    amount = money_words(card.amount, card.currency)
    return f"paid {amount} on {day_words(card.received_on)} ({card.reference})"


def _needed(parts: Sequence[RefundPart]) -> Counter[str]:
    needed: Counter[str] = Counter()
    for part in parts:
        for code in part.line.grants:
            needed[code] += part.quantity
    return needed


def _seats(order: Order, needed: Mapping[str, int]) -> tuple[list[str], str]:
    """Say what is taken back of what was bought; and what of it is in use."""
    said: list[str] = []
    if order.practice is None:
        return said, ""
    pools = SeatPool.objects.filter(
        practice=order.practice, product__program=order.program
    ).select_related("product")
    free = {pool.product.code: pool.available for pool in pools}
    products = Product.objects.filter(program=order.program, code__in=needed)
    for product in products.order_by("order"):
        count, left = needed[product.code], free.get(product.code, 0)
        words = f"{count} {product.noun if count == 1 else product.nouns}"
        if left < count:
            return said, (
                f"{words} can't be taken back: {order.practice.name} has {left} to "
                "assign, the rest is in use. Give fewer back."
            )
        verb = "is" if count == 1 else "are"
        said.append(
            f"{words} {verb} taken back from {order.practice.name}, which has {left} "
            "to assign."
        )
    return said, ""
