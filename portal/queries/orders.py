"""A practice's orders: the list, and one with its lines, payments and papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from accounts.models import Member, Practice
from billing.models import Invoice, Order, Payment
from billing.queries import credit_of, payer_of
from core.words import day_words, money_words
from credentials.policy import zone_of
from portal.queries.order_places import orders_by, place_of
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_full_name, body_name
from portal.queries.shown import Tag
from portal.queries.trail import when_words

PAGE_SIZE = 50
State = Order.State
OVERDUE = Tag("bad", "Overdue")
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
    """A payer's orders, the newest first."""

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
    """One payment of an order; `url` is where it is decided on, where it waits."""

    text: str
    detail: str
    tag: Tag
    url: str = ""
    receipt_url: str = ""


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
    refunded_text: str
    payments: Sequence[Paid]
    papers: Sequence[Paper]
    steps: Sequence[Step]
    paying: Paying | None


def orders_of(payer: Practice | Member, *, number: int, today: date) -> Orders:
    """List a practice's orders, or a member's own, a page of them."""
    found = orders_by(payer)
    waiting = found.filter(state=State.AWAITING).count()
    overdue = found.overdue(today).count()
    pager = pager_of(number, found.count(), PAGE_SIZE, {})
    rows = [
        Row(
            number=order.number,
            url=place_of(order),
            placed_text=day_words(order.placed_on),
            total_text=money_words(order.total, order.currency),
            tag=order_tag(order, today),
        )
        for order in found[pager.start : pager.start + PAGE_SIZE]
    ]
    return Orders(_words(waiting, overdue, pager.total), rows, pager)


def order_tag(order: Order, today: date) -> Tag:
    """Say where an order stands in a word; one whose day has passed is red."""
    return OVERDUE if order.is_overdue(today) else TAGS[State(order.state)]


def _words(waiting: int, overdue: int, total: int) -> str:
    if not total:
        return "Nothing ordered yet."
    if not waiting:
        return "Everything you ordered is paid."
    late = f", {overdue} overdue" if overdue else ""
    return f"{waiting} order{'s' if waiting > 1 else ''} awaiting payment{late}."


def order_page(order: Order, *, today: date, ways: bool = True) -> OrderPage:
    """Show an order with all that belongs to it, as it stands on a day.

    Args:
        order: which one.
        today: the day in the body's zone.
        ways: whether its payer reads it, and is led to its papers and to paying.
    """
    zone = zone_of(order.program)

    def money(amount: Decimal) -> str:
        return money_words(amount, order.currency)

    return OrderPage(
        number=order.number,
        body_name=body_name(order.program),
        verdict=_verdict(order, today),
        tag=order_tag(order, today),
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
        rest_text=_rest(order),
        refunded_text=money(order.refunded) if order.refunded else "",
        payments=[
            paid(each, zone, receipt_url=_receipt_url(order, each) if ways else "")
            for each in order.payments.all()
        ],
        papers=[_paper(order, each) for each in order.invoices.all()] if ways else (),
        steps=[
            Step(when_words(each.at, zone), each.text, each.by)
            for each in order.steps.all()
        ],
        paying=_paying(order) if ways and order.state == State.AWAITING else None,
    )


def _paying(order: Order) -> Paying:
    credit = credit_of(payer_of(order), order.program, order.currency)
    used = min(credit, order.rest)
    return Paying(
        seller=body_full_name(order.program),
        credit_text=money_words(used, order.currency) if used else "",
        credit_url=place_of(order, "order_credit"),
        cancel_url=place_of(order, "order_cancel"),
    )


def _receipt_url(order: Order, payment: Payment) -> str:
    if payment.state != Payment.State.SETTLED:
        return ""
    return place_of(order, "order_receipt", payment_id=payment.pk)


def _paper(order: Order, invoice: Invoice) -> Paper:
    text = f"{invoice.get_kind_display()} {invoice.number}"
    return Paper(text, place_of(order, "order_invoice", invoice_id=invoice.pk))


def _rest(order: Order) -> str:
    """Say what is still to pay; of a cancelled order nothing is."""
    cancelled = order.state == State.CANCELLED
    owed = order.rest and not cancelled
    return money_words(order.rest, order.currency) if owed else ""


def _verdict(order: Order, today: date) -> str:
    rest = money_words(order.rest, order.currency)
    if order.is_overdue(today):
        return f"Overdue: {rest} was due {day_words(order.due_on)}."
    if order.state == State.AWAITING:
        return f"Awaiting payment: {rest} by {day_words(order.due_on)}."
    if order.state == State.CANCELLED:
        return "Cancelled. Nothing is to be paid."
    if order.paid_on is None:
        return f"{order.get_state_display()}."
    return f"Paid on {day_words(order.paid_on)}."


def paid(
    payment: Payment, zone: ZoneInfo, *, url: str = "", receipt_url: str = ""
) -> Paid:
    """Show a payment: how much, by what, when it came in, since when it counts.

    A cheque's own date is always said: it is the day that counts (N5).
    """
    amount = money_words(payment.amount, payment.currency)
    reference = f" {payment.reference}" if payment.reference else ""
    detail = f"Received {day_words(payment.received_on)}"
    if payment.method == Payment.Method.CHEQUE:
        detail += f", dated {day_words(payment.counts_on)}"
    detail += f", recorded {when_words(payment.at, zone)}."
    if payment.over:
        over = money_words(payment.over, payment.currency)
        detail += f" {over} of it is kept as credit."
    if payment.reason:
        detail += f" Refused: {payment.reason}"
    return Paid(
        text=f"{amount} by {payment.get_method_display().lower()}{reference}",
        detail=detail,
        tag=PAYMENT_TAGS[Payment.State(payment.state)],
        url=url,
        receipt_url=receipt_url,
    )
