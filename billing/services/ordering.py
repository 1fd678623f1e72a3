"""Placing an order with its invoice, and cancelling one that nobody paid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from secrets import token_bytes
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Member, Practice
from billing.models import Invoice, Order, OrderLine, PriceList
from billing.queries import payer_fields, why_not_cancelled
from billing.rules import (
    PricedLine,
    moves_of_cancelling,
    moves_of_placing,
    order_number,
    total_of,
)
from billing.services.booking import book
from billing.services.fulfilling import fulfil, step
from billing.services.invoicing import issue, line_facts
from billing.services.locking import lock, lock_for_body
from billing.services.telling import tell_placed
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from core.words import money_words


@dataclass(frozen=True)
class Sale:
    """What is ordered, of which body, at which list's prices.

    Args:
        price_list: the list the lines were priced by.
        priced_on: the day they were priced: that of the estimate, or today.
        lines: as `billing.rules.priced` gave them.
        seller: the body's full name, for the invoice.
        for_oneself: codes of what grants something and a member may buy one of.
        due_on: the last day its payment is in time; that of the list's days where it
            is None.
    """

    price_list: PriceList
    priced_on: date
    lines: Sequence[PricedLine]
    seller: str
    for_oneself: frozenset[str] = frozenset()
    due_on: date | None = None


@transaction.atomic
def place_order(
    *,
    actor: Actor,
    payer: Practice | Member,
    told: str,
    sale: Sale,
    form_key: str,
    today: date,
    now: datetime,
    quiet: bool = False,
) -> Order:
    """Place an order: lines, invoice, journal and mail; from then on it awaits payment.

    One that costs nothing is paid and fulfilled at once. The same form key again gives
    the first order back.

    Args:
        actor: who orders.
        payer: the practice, or a member who pays for themselves.
        told: the address that mail about it goes to.
        sale: what is ordered.
        form_key: one-use key of the form or request, 64 characters at most.
        today: the day in the body's zone.
        now: the instant, UTC.
        quiet: whether no mail asks for its payment, as a stored card is to pay it.

    Raises:
        NotUsable: nothing is ordered, or an estimate's days are over.
        NotEligible: a member can't order seats, nor more than one for themselves.
        Stale: the key was used for another order.
    """
    _check(payer, sale, today)
    try:
        with transaction.atomic():
            order = _written(actor, payer, told, sale, form_key, today, now)
    except IntegrityError:
        return _placed_before(payer, sale, form_key)
    lines = _lines(order, sale.lines)
    text = f"Placed order {order.number}: {money_words(order.total, order.currency)}"
    step(order, "Placed", actor, now)
    if order.total:
        issue(
            order,
            kind=Invoice.Kind.INVOICE,
            seller=sale.seller,
            lines=[_spelled(line, order.currency) for line in lines],
            total=order.total,
            today=today,
            now=now,
        )
    moves = moves_of_placing(**_sides(lines))
    book(order, moves, key=f"placed:{order.pk}", text="Order", on=today, now=now)
    if not order.total:
        fulfil(actor=actor, order=order, counts_on=today, today=today, now=now)
    record(
        actor=actor,
        action="order.placed",
        subject=order,
        practice_id=order.practice_id,
        member_id=order.member_id,
        program=order.program,
        sentence=text,
        now=now,
    )
    if not quiet:
        tell_placed(order, now=now)
    return order


@transaction.atomic
def cancel_order(
    *,
    actor: Actor,
    order: Order,
    reason: str,
    today: date,
    now: datetime,
    by_payer: bool = False,
) -> Order:
    """Cancel an order that awaits payment; what was paid of it becomes credit.

    Args:
        actor: who cancels it.
        order: what is cancelled.
        reason: why, as the trail and the payer read it.
        today: the day in the body's zone.
        now: the instant, UTC.
        by_payer: the actor does it as who pays, not for the body.

    Raises:
        Forbidden: the actor does it for the body, but it is their own.
        NotUsable: no reason is given.
        NotEligible: it is paid, or a payment waits for a second person.
    """
    if not reason.strip():
        text = "Write why the order is cancelled."
        raise NotUsable(text, [FieldProblem("reason", text)])
    order = lock(order) if by_payer else lock_for_body(actor, order)
    if order.state == Order.State.CANCELLED:
        return order
    if why := why_not_cancelled(order):
        raise NotEligible(f"{why} Nothing was cancelled.")
    lines = list(order.lines.all())
    moves = moves_of_cancelling(**_sides(lines), paid=order.settled)
    book(order, moves, key=f"cancelled:{order.pk}", text="Cancelled", on=today, now=now)
    invoice = order.invoices.get(kind=Invoice.Kind.INVOICE)
    issue(
        order,
        kind=Invoice.Kind.CREDIT_NOTE,
        seller=invoice.facts["seller"],
        lines=invoice.facts["lines"],
        total=order.total,
        today=today,
        now=now,
    )
    order.state = Order.State.CANCELLED
    order.save(update_fields=["state"])
    step(order, f"Cancelled: {reason.strip()}", actor, now)
    record(
        actor=actor,
        action="order.cancelled",
        subject=order,
        practice_id=order.practice_id,
        member_id=order.member_id,
        program=order.program,
        sentence=f"Cancelled order {order.number}",
        reason=reason.strip(),
        now=now,
    )
    return order


def _check(payer: Practice | Member, sale: Sale, today: date) -> None:
    if not sale.lines:
        text = "Enter how many you want of at least one."
        raise NotUsable(text, [FieldProblem("lines", text)])
    until = sale.priced_on + timedelta(days=sale.price_list.estimate_days)
    if not sale.priced_on <= today <= until:
        text = "This estimate's days are over. Make a new one with today's prices."
        raise NotUsable(text, [FieldProblem("estimate", text)])
    if isinstance(payer, Member):
        _check_own(sale)


def _check_own(sale: Sale) -> None:
    granting = [line for line in sale.lines if line.grants]
    if any(line.code not in sale.for_oneself for line in granting):
        raise NotEligible("Seats are for practices. Nothing was ordered.")
    if sum(line.quantity for line in granting) > 1:
        raise NotEligible("You can order one for yourself. Nothing was ordered.")


def _written(
    actor: Actor,
    payer: Practice | Member,
    told: str,
    sale: Sale,
    form_key: str,
    today: date,
    now: datetime,
) -> Order:
    listed = sale.price_list
    return Order.objects.create(
        **payer_fields(payer),
        program=listed.program,
        number=order_number(token_bytes(8)),
        state=Order.State.AWAITING,
        currency=listed.currency,
        total=total_of(sale.lines),
        confirm_above=listed.confirm_above,
        priced_on=sale.priced_on,
        placed_on=today,
        due_on=_due(sale, today),
        placed_by=actor.label,
        told=told,
        form_key=form_key,
        placed_at=now,
    )


def _due(sale: Sale, today: date) -> date:
    """Give the day an order is due: never before it is placed."""
    if sale.due_on is not None:
        return max(sale.due_on, today)
    return today + timedelta(days=sale.price_list.due_days)


def _placed_before(payer: Practice | Member, sale: Sale, form_key: str) -> Order:
    found = Order.objects.filter(form_key=form_key, **payer_fields(payer)).first()
    asked = [(line.code, line.quantity) for line in sale.lines]
    if found is None or asked != list(found.lines.values_list("code", "quantity")):
        raise Stale(
            "This form was used for another order. Nothing was ordered. "
            "Open the page again to order more."
        )
    return found


def _lines(order: Order, lines: Iterable[PricedLine]) -> list[OrderLine]:
    return OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            place=place,
            code=line.code,
            label=line.label,
            quantity=line.quantity,
            unit=line.unit,
            amount=line.amount,
            grants=list(line.grants),
            is_fee=line.is_fee,
            why=line.why,
        )
        for place, line in enumerate(lines)
    )


def _spelled(line: OrderLine, currency: str) -> dict[str, Any]:
    return line_facts(
        line.label, line.quantity, line.unit, line.amount, line.why, currency
    )


def _sides(lines: Iterable[OrderLine]) -> dict[str, Decimal]:
    found = {"products": Decimal(0), "fees": Decimal(0)}
    for line in lines:
        found["fees" if line.is_fee else "products"] += line.amount
    return found
