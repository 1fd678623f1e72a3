"""One order as a body's staff see it, and what they say once something was done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from accounts.dealings import own_dealing
from billing.models import Invoice, Order, Payment
from billing.queries import credit_of, payer_of
from core.actor import Actor
from core.failures import Missing
from core.words import day_words, money_words
from credentials.policy import zone_of
from portal.queries.orders import OrderPage, order_page, paid

State = Order.State
REFUNDABLE = frozenset({State.FULFILLED, State.PARTLY_REFUNDED})


@dataclass(frozen=True)
class StaffOrder:
    """All the template shows; an address is empty where there is nothing to do."""

    order: OrderPage
    payer: str
    facts: Sequence[tuple[str, str]]
    list_url: str
    pay_url: str
    pay_hints: Sequence[str]
    credit_url: str
    credit_text: str
    refund_url: str
    cancel_url: str
    own_words: str


def staff_order_of(program: str, order_id: UUID) -> Order:
    """Find an order of a body.

    Raises:
        Missing: the body has no such order.
    """
    found = Order.objects.of_program(program).filter(pk=order_id)
    order = found.select_related("practice", "member").first()
    if order is None:
        raise Missing("Not found.")
    return order


def staff_order(
    order: Order, *, reader: Actor, manages: bool, today: date
) -> StaffOrder:
    """Show an order, and what its reader can do about it, where they manage."""
    payer = payer_of(order)
    own = own_dealing(reader, payer, since=order.placed_at) if manages else ""
    acts = manages and not own
    credit = credit_of(payer, order.program, order.currency)
    awaits = acts and order.state == State.AWAITING
    usable = min(credit, order.rest)
    return StaffOrder(
        order=_with_ways(order, order_page(order, today=today, ways=False), acts=acts),
        payer=order.payer_name,
        facts=_facts(order),
        list_url=reverse("staff_orders", kwargs={"program": order.program}),
        pay_url=_url(order, "staff_order_payment") if awaits else "",
        pay_hints=_hints(order),
        credit_url=_url(order, "staff_order_credit") if awaits and usable else "",
        credit_text=money_words(usable, order.currency),
        refund_url=(
            _url(order, "staff_order_refund")
            if acts and order.state in REFUNDABLE and order.settled
            else ""
        ),
        cancel_url=_url(order, "staff_order_cancel") if awaits else "",
        own_words=own,
    )


def payment_url(payment: Payment, program: str) -> str:
    """The address at which a payment is decided on."""
    place = {
        "program": program,
        "order_id": payment.order_id,
        "payment_id": payment.pk,
    }
    return reverse("staff_payment", kwargs=place)


def _with_ways(order: Order, page: OrderPage, *, acts: bool) -> OrderPage:
    zone, payments = zone_of(order.program), []
    for each in order.payments.all():
        waits = acts and each.state == Payment.State.TO_CONFIRM
        url = payment_url(each, order.program) if waits else ""
        payments.append(paid(each, zone, url=url))
    return replace(page, payments=payments)


def _facts(order: Order) -> list[tuple[str, str]]:
    papers = [
        (Invoice.Kind(each.kind).label, each.number) for each in order.invoices.all()
    ]
    return [
        ("Who pays", order.payer_name),
        *papers,
        ("Due", day_words(order.due_on)),
        ("Mail goes to", order.told),
        *([("Paid", day_words(order.paid_on))] if order.paid_on else []),
    ]


def _hints(order: Order) -> list[str]:
    rest, limit = (
        money_words(each, order.currency) for each in (order.rest, order.confirm_above)
    )
    waiting = sum(
        each.amount
        for each in order.payments.all()
        if each.state == Payment.State.TO_CONFIRM
    )
    said = [
        f"{rest} is still to pay. What is more is kept as {order.payer_name}'s credit.",
        f"Once you recorded more than {limit} of it, another manager confirms.",
    ]
    if waiting:
        words = money_words(Decimal(waiting), order.currency)
        said.append(f"{words} is recorded already and waits for a second person.")
    return said


def _url(order: Order, name: str) -> str:
    return reverse(name, kwargs={"program": order.program, "order_id": order.pk})


def recorded_words(payment: Payment) -> str:
    """Say what a payment did, once it is recorded, confirmed or taken from credit."""
    order, currency = payment.order, payment.currency
    how = payment.get_method_display().lower()
    said = f"{money_words(payment.amount, currency)} by {how} recorded."
    if payment.state == Payment.State.TO_CONFIRM:
        return f"{said} Another manager confirms it before it counts."
    if payment.over == payment.amount:
        return f"{said} Order {order.number} was paid already: it is kept as credit."
    if order.state == Order.State.CANCELLED:
        return f"{said} It is enough: a smaller order was placed for it, and is paid."
    parts = [said]
    if payment.over:
        over = money_words(payment.over, currency)
        parts.append(f"{over} of it is more than was owed: kept as credit.")
    if order.rest:
        parts.append(f"{money_words(order.rest, currency)} is still to pay.")
    else:
        parts.append(f"Order {order.number} is paid, and what was bought is there.")
    return " ".join(parts)
