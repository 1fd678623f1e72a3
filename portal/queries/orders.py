"""A practice's orders: the list, and one with its lines, payments and papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from accounts.models import Practice
from billing.models import Invoice, Order, Payment
from billing.queries import credit_of
from core.failures import Missing
from core.words import day_words, money_words
from credentials.policy import zone_of
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_full_name, body_name
from portal.queries.shown import Tag
from portal.queries.trail import when_words

PAGE_SIZE = 50
State = Order.State
TAGS = {
    State.AWAITING: Tag("warn", "Awaiting payment"),
    State.PAID: Tag("info", "Paid"),
    State.FULFILLED: Tag("ok", "Paid"),
    State.PARTLY_REFUNDED: Tag("neutral", "Partly refunded"),
    State.REFUNDED: Tag("neutral", "Refunded"),
    State.CANCELLED: Tag("neutral", "Cancelled"),
}
WAITS = Tag("warn", "Being confirmed")
PAYMENT_TAGS = {
    Payment.State.TO_CONFIRM: WAITS,
    Payment.State.SETTLED: Tag("ok", "Settled"),
    Payment.State.REFUSED: Tag("bad", "Refused"),
}


@dataclass(frozen=True)
class Row:
    """One order in a list."""

    number: str
    url: str
    placed_text: str
    total_text: str
    tag: Tag


@dataclass(frozen=True)
class Orders:
    """A practice's orders, the newest first."""

    verdict: str
    rows: Sequence[Row]
    page_obj: Pager


@dataclass(frozen=True)
class Line:
    """One line of an order, with the sentence that says why it costs that."""

    label: str
    quantity: int
    unit_text: str
    amount_text: str
    why: str


@dataclass(frozen=True)
class Paid:
    """One payment of an order."""

    text: str
    detail: str
    tag: Tag
    receipt_url: str


@dataclass(frozen=True)
class Paper:
    """An invoice, or the credit note that takes one back."""

    text: str
    url: str


@dataclass(frozen=True)
class Paying:
    """What can be done about an order that awaits payment."""

    seller: str
    credit_text: str
    credit_url: str
    cancel_url: str


@dataclass(frozen=True)
class Step:
    """One thing that happened to an order."""

    when_text: str
    text: str
    by: str


@dataclass(frozen=True)
class OrderPage:
    """One order."""

    number: str
    body_name: str
    verdict: str
    tag: Tag
    placed_text: str
    lines: Sequence[Line]
    total_text: str
    settled_text: str
    rest_text: str
    payments: Sequence[Paid]
    papers: Sequence[Paper]
    steps: Sequence[Step]
    paying: Paying | None


def orders_of(practice: Practice, *, number: int) -> Orders:
    """List a practice's orders, a page of them."""
    found = Order.objects.of(practice)
    waiting = found.filter(state=State.AWAITING).count()
    pager = pager_of(number, found.count(), PAGE_SIZE, {})
    rows = [
        Row(
            number=order.number,
            url=reverse(
                "order", kwargs={"practice": practice.slug, "order_id": order.pk}
            ),
            placed_text=day_words(order.placed_on),
            total_text=money_words(order.total, order.currency),
            tag=TAGS[State(order.state)],
        )
        for order in found[pager.start : pager.start + PAGE_SIZE]
    ]
    return Orders(_words(waiting, pager.total), rows, pager)


def _words(waiting: int, total: int) -> str:
    if not total:
        return "Nothing ordered yet."
    if not waiting:
        return "Everything you ordered is paid."
    return f"{waiting} order{'s' if waiting > 1 else ''} awaiting payment."


def order_of(practice: Practice, order_id: UUID) -> Order:
    """Find one of a practice's orders.

    Raises:
        Missing: it has no such order.
    """
    found = Order.objects.of(practice).filter(pk=order_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def order_page(order: Order) -> OrderPage:
    """Show an order with all that belongs to it."""
    zone = zone_of(order.program)

    def money(amount: Decimal) -> str:
        return money_words(amount, order.currency)

    return OrderPage(
        number=order.number,
        body_name=body_name(order.program),
        verdict=_verdict(order),
        tag=TAGS[State(order.state)],
        placed_text=f"Placed {day_words(order.placed_on)} by {order.placed_by}.",
        lines=[
            Line(
                line.label,
                line.quantity,
                money(line.unit),
                money(line.amount),
                line.why,
            )
            for line in order.lines.all()
        ],
        total_text=money(order.total),
        settled_text=money(order.settled) if order.settled else "",
        rest_text=money(order.rest) if order.rest else "",
        payments=[_paid(order, each, zone) for each in order.payments.all()],
        papers=[_paper(order, each) for each in order.invoices.all()],
        steps=[
            Step(when_words(each.at, zone), each.text, each.by)
            for each in order.steps.all()
        ],
        paying=_paying(order) if order.state == State.AWAITING else None,
    )


def invoice_of(order: Order, invoice_id: UUID) -> Invoice:
    """Find one of an order's invoices and credit notes.

    Raises:
        Missing: it has no such paper.
    """
    found = order.invoices.filter(pk=invoice_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def receipt_of(order: Order, payment_id: UUID) -> Payment:
    """Find one of an order's payments that there is a receipt of.

    Raises:
        Missing: it has no such payment, or it isn't settled.
    """
    settled = order.payments.filter(state=Payment.State.SETTLED)
    found = settled.filter(pk=payment_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def place_of(order: Order, name: str = "order", **more: UUID) -> str:
    """Give the address of a practice's order, or of something that belongs to it."""
    assert order.practice is not None
    place = {"practice": order.practice.slug, "order_id": order.pk, **more}
    return reverse(name, kwargs=place)


def _paying(order: Order) -> Paying:
    assert order.practice is not None
    credit = credit_of(order.practice, order.program, order.currency)
    used = min(credit, order.rest)
    return Paying(
        seller=body_full_name(order.program),
        credit_text=money_words(used, order.currency) if used else "",
        credit_url=place_of(order, "order_credit"),
        cancel_url=place_of(order, "order_cancel"),
    )


def _paper(order: Order, invoice: Invoice) -> Paper:
    text = f"{invoice.get_kind_display()} {invoice.number}"
    return Paper(text, place_of(order, "order_invoice", invoice_id=invoice.pk))


def _verdict(order: Order) -> str:
    rest = money_words(order.rest, order.currency)
    if order.state == State.AWAITING:
        return f"Awaiting payment: {rest} by {day_words(order.due_on)}."
    if order.state == State.CANCELLED:
        return "Cancelled. Nothing is to be paid."
    if order.paid_on is None:
        return f"{order.get_state_display()}."
    return f"Paid on {day_words(order.paid_on)}."


def _paid(order: Order, payment: Payment, zone: ZoneInfo) -> Paid:
    amount = money_words(payment.amount, payment.currency)
    reference = f" {payment.reference}" if payment.reference else ""
    detail = f"Received {day_words(payment.received_on)}"
    if payment.counts_on != payment.received_on:
        detail += f", dated {day_words(payment.counts_on)}"
    return Paid(
        text=f"{amount} by {payment.get_method_display().lower()}{reference}",
        detail=f"{detail}, recorded {when_words(payment.at, zone)}.",
        tag=PAYMENT_TAGS[Payment.State(payment.state)],
        receipt_url=(
            place_of(order, "order_receipt", payment_id=payment.pk)
            if payment.state == Payment.State.SETTLED
            else ""
        ),
    )
