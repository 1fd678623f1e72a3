"""Giving back what was not used: the rest of the house is asked first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Sum

from billing.events import RefundAsked
from billing.models import Invoice, Order, OrderLine, Payment, Refund, RefundLine
from billing.rules import moves_of_refunding, part_of
from billing.services.booking import book
from billing.services.card_refunds import card_for
from billing.services.fulfilling import step
from billing.services.invoicing import issue, line_facts
from billing.services.locking import lock_for_body
from billing.services.telling import tell_refund
from core.actor import Actor
from core.audit import record
from core.events import publish
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from core.words import money_words
from core.work import hasten

PAID = frozenset({Order.State.FULFILLED, Order.State.PARTLY_REFUNDED})


@dataclass(frozen=True)
class RefundPart:
    """How many of a line go back, and what they come to."""

    line: OrderLine
    quantity: int
    amount: Decimal


@transaction.atomic
def refund_order(
    *,
    actor: Actor,
    order: Order,
    quantities: Mapping[UUID, int],
    method: Payment.Method,
    reason: str,
    key: str,
    today: date,
    now: datetime,
) -> Refund:
    """Give back some of a paid order; whoever holds what was bought may refuse.

    Args:
        actor: who decides it.
        order: what it was bought with.
        quantities: how many of which line, by the line's id; zeros are left out.
        method: how the money goes back; by credit it stays with the payer.
        reason: why, as the trail and the payer read it.
        key: one-use key of the form; the same again gives the first refund back.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        Forbidden: the actor pays the order, or administers who does.
        NotUsable: no reason, nothing to give back, or more than is left of a line.
        NotEligible: the order isn't paid, or what was bought is in use.
        Stale: the key was used for another refund.
    """
    if not reason.strip():
        text = "Write why the money goes back."
        raise NotUsable(text, [FieldProblem("reason", text)])
    order = lock_for_body(actor, order)
    found = Refund.objects.filter(key=key).first()
    if found is not None:
        return _asked_before(found, order, quantities, method)
    if order.state not in PAID:
        words = order.get_state_display().lower()
        raise NotEligible(
            f"Order {order.number} is {words}: there is nothing to give back."
        )
    parts = refund_parts(order=order, quantities=quantities)
    refund = _written(actor, order, parts, method, reason, key, now)
    if refund.payment_id:
        hasten("billing.tasks.send_refund", str(refund.pk))
    # The counter of numbers first: whoever places an order takes it before the rest.
    _book(order, refund, parts, today, now)
    lines = [(part.line, part.quantity) for part in parts]
    publish(RefundAsked(refund, order, lines, actor, today, now))
    order.refunded += refund.amount
    whole = order.refunded == order.settled
    order.state = Order.State.REFUNDED if whole else Order.State.PARTLY_REFUNDED
    order.save(update_fields=["refunded", "state"])
    amount = money_words(refund.amount, order.currency)
    step(order, f"{amount} back: {reason.strip()}", actor, now)
    record(
        actor=actor,
        action="order.refunded",
        subject=refund,
        practice_id=order.practice_id,
        member_id=order.member_id,
        program=order.program,
        sentence=f"Gave {amount} of order {order.number} back",
        reason=reason.strip(),
        now=now,
    )
    tell_refund(order, refund, now=now)
    return refund


def refund_parts(
    *, order: Order, quantities: Mapping[UUID, int]
) -> Sequence[RefundPart]:
    """Say what giving some of an order back comes to; nothing is changed.

    Args:
        order: what it was bought with.
        quantities: how many of which line, by the line's id; zeros are left out.

    Raises:
        NotUsable: nothing to give back, or more than is left of a line.
    """
    parts, problems = [], []
    lines = order.lines.annotate(back=Sum("refund_lines__quantity"))
    for line in lines.order_by("place"):
        before: int = line.back or 0
        wanted = quantities.get(line.pk, 0)
        if not 0 <= wanted <= line.quantity - before:
            text = (
                f"Enter a number from 0 to {line.quantity - before} for {line.label}."
            )
            problems.append(FieldProblem(f"line_{line.place}", text))
        elif wanted:
            amount = part_of(line.amount, line.quantity, before, wanted)
            parts.append(RefundPart(line, wanted, amount))
    total = sum((part.amount for part in parts), Decimal(0))
    if not problems and not total:
        text = "Enter how many go back of at least one line that cost something."
        problems.append(FieldProblem("lines", text))
    if problems:
        raise NotUsable(problems[0].text, problems)
    return parts


def _written(
    actor: Actor,
    order: Order,
    parts: Sequence[RefundPart],
    method: Payment.Method,
    reason: str,
    key: str,
    now: datetime,
) -> Refund:
    by_card = method == Payment.Method.CARD
    amount = sum((part.amount for part in parts), Decimal(0))
    payment = card_for(order, amount) if by_card else None
    try:
        with transaction.atomic():
            refund = Refund.objects.create(
                order=order,
                method=method,
                state=Refund.State.ASKED if by_card else Refund.State.DONE,
                payment=payment,
                amount=amount,
                currency=order.currency,
                reason=reason.strip()[:400],
                key=key,
                by=actor.label,
                at=now,
            )
    except IntegrityError as error:
        raise Stale("This form was used for another refund.") from error
    RefundLine.objects.bulk_create(
        RefundLine(
            refund=refund, line=part.line, quantity=part.quantity, amount=part.amount
        )
        for part in parts
    )
    return refund


def _book(
    order: Order,
    refund: Refund,
    parts: Sequence[RefundPart],
    today: date,
    now: datetime,
) -> None:
    kept = refund.method == Payment.Method.CREDIT
    zero = Decimal(0)
    moves = moves_of_refunding(
        money=zero if kept else refund.amount, kept=refund.amount if kept else zero
    )
    book(order, moves, key=f"refunded:{refund.pk}", text="Refund", on=today, now=now)
    invoice = order.invoices.get(kind=Invoice.Kind.INVOICE)
    issue(
        order,
        kind=Invoice.Kind.CREDIT_NOTE,
        seller=invoice.facts["seller"],
        lines=[
            line_facts(
                part.line.label,
                part.quantity,
                part.line.unit,
                part.amount,
                refund.reason,
                order.currency,
            )
            for part in parts
        ],
        total=refund.amount,
        today=today,
        now=now,
    )


def _asked_before(
    found: Refund,
    order: Order,
    quantities: Mapping[UUID, int],
    method: Payment.Method,
) -> Refund:
    back = dict(found.lines.values_list("line_id", "quantity"))
    wanted = {line: count for line, count in quantities.items() if count}
    if (found.order_id, found.method, back) != (order.pk, method, wanted):
        raise Stale(
            "This form was used for another refund. Nothing was given back. "
            "Open the page again to give more back."
        )
    return found
