"""What giving money of an order back comes to, and what it takes away."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from billing.models import Order, Payment, Refund
from billing.services import RefundPart
from core.actor import Actor
from core.words import money_words
from credentials.models import Product, SeatPool
from portal.queries.money_acts import MoneyAct, order_url, own_order
from portal.queries.places import body_name
from portal.queries.staff_order import REFUNDABLE

Method = Payment.Method
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


def refund_plan(order: Order, parts: Sequence[RefundPart], method: Method) -> Plan:
    """Say what giving some of an order back does, before it is done."""
    amount = sum((part.amount for part in parts), Decimal(0))
    text = money_words(amount, order.currency)
    seats, missing = _seats(order, _needed(parts))
    lines = [_words(part) for part in parts]
    counts = ",".join(f"{part.line.place}:{part.quantity}" for part in parts)
    return Plan(
        amount_text=text,
        follows=[
            *lines,
            *seats,
            *_ends(order, text, method),
        ],
        blocked=missing,
        seen=f"{method}|{amount}|{counts}",
    )


def refunded_words(refund: Refund) -> str:
    """Say what a refund did."""
    amount = money_words(refund.amount, refund.currency)
    if refund.method == Method.CREDIT:
        return f"{amount} is kept as {refund.order.payer_name}'s credit."
    return f"{amount} goes back {WAYS[Method(refund.method)]}. Send it now."


def _words(part: RefundPart) -> str:
    line, currency = part.line, part.line.order.currency
    amount = money_words(part.amount, currency)
    return f"{part.quantity} of {line.quantity} × {line.label}: {amount}."


def _ends(order: Order, amount: str, method: Method) -> list[str]:
    if method == Method.CREDIT:
        first = f"{amount} is kept as {order.payer_name}'s credit for a later order."
    else:
        first = f"{amount} goes back {WAYS[method]}: you send it."
    return [
        first,
        f"A credit note is written, and {order.told} is told by e-mail.",
        "It can't be taken back.",
    ]


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
