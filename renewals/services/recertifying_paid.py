"""An application's order is paid, or its money is to go back (N5, N8, N16)."""

from dataclasses import replace
from datetime import date

from billing.events import MoneySettled, OrderPaid, RefundAsked
from billing.models import Order
from billing.queries import why_not_cancelled
from ce_credits.rules import Reason
from core.audit import record
from core.failures import NotEligible
from core.words import day_words
from renewals.models import Recertification
from renewals.queries import (
    fee_paid_on,
    last_payable,
    orders_of,
    working_cycle,
)
from renewals.queries.recertifications import why_not_paid
from renewals.rules.cycles import Closed
from renewals.services.recertifying_orders import (
    order_less,
    order_parts,
    parts_lacking,
    seller_of,
)
from renewals.services.recertifying_reopened import take_on
from renewals.services.recertifying_rows import change, lock_application
from renewals.services.recertifying_taking import take
from renewals.services.recertifying_telling import (
    not_taken_items,
    tell_application,
)

State = Recertification.State


def on_application_paid(event: OrderPaid) -> None:
    """Take the application that an order pays, in the payment's transaction.

    Where it isn't taken, it stays and says why. A payment that came late leaves the
    late fee to be paid: an order of that follows, and only with it the whole is paid.
    """
    row = _awaiting(event.order)
    if row is None:
        return
    reasons, paid_on = why_not_paid(row, orders_of(row))
    if not reasons:
        take(
            actor=event.actor,
            row=row,
            paid_on=paid_on,
            today=event.today,
            now=event.now,
        )
    elif not take_on(row, event.actor, event.today, event.now):
        _leave(row, event, reasons, paid_on)


def on_application_money(event: MoneySettled) -> None:
    """Replace an order of which less is owed than it asks, and pay that (N5).

    A cheque dated in time makes the late fee not owed, whenever it arrives. The order
    stays as it is while other money for it is under way.
    """
    row = _awaiting(event.order)
    if row is None or why_not_cancelled(event.order):
        return
    reasons, paid_on = why_not_paid(row, orders_of(row))
    fee = fee_paid_on(row, paid_on)
    if reasons or isinstance(fee, Closed):
        return
    less = replace(fee, parts=parts_lacking(fee, row.facts["orders"]))
    if less.parts and less.amount < event.order.total:
        order_less(event.actor, row, less, event.order, event.today, event.now)


def _awaiting(order: Order) -> Recertification | None:
    """Lock the application that awaits an order's payment; None where none does."""
    found = Recertification.objects.filter(order=order).values_list("pk", flat=True)
    key = found.first()
    row = lock_application(key) if key else None
    return row if row is not None and row.state == State.AWAITING else None


def _leave(
    row: Recertification, event: OrderPaid, reasons: tuple[Reason, ...], paid_on: date
) -> None:
    """Keep an application that isn't taken: why, and what is still owed."""
    row.facts["not_taken"] = [[each.rule, each.text] for each in reasons]
    rest = _order_rest(row, event, paid_on)
    if rest is not None:
        row.facts["orders"] = [*row.facts["orders"], str(event.order.pk)]
        row.order = rest
    change(row, event.now)
    record(
        actor=event.actor,
        action="application.not_taken",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Did not take the {row.kind} application with what is paid",
        reason=" ".join(each.text for each in reasons)[:400],
        now=event.now,
    )
    items = not_taken_items(row, reasons, event.today)
    # Each order that isn't enough is told of.
    about = event.order.pk
    tell_application(row, "application_not_taken", event.now, items, about=about)


def _order_rest(row: Recertification, event: OrderPaid, paid_on: date) -> Order | None:
    """Order the parts that being late added; None where nothing was, or too late."""
    assert row.submitted_on is not None
    fee = fee_paid_on(row, paid_on)
    cycle = working_cycle(row.member, row.program, row.submitted_on)
    if isinstance(fee, Closed) or cycle is None or paid_on > last_payable(row, cycle):
        return None
    orders = [*row.facts["orders"], str(event.order.pk)]
    parts = parts_lacking(fee, orders)
    if not parts:
        return None
    return order_parts(
        event.actor,
        row,
        replace(fee, parts=parts),
        event.order.told,
        seller_of(event.order),
        event.today,
        event.now,
    )


def on_application_refund_asked(event: RefundAsked) -> None:
    """Refuse to give back the fee of an application that is taken.

    Raises:
        NotEligible: it is under review, or approved.
    """
    found = _paid_with(event.order)
    if found is None or found.state not in {State.OPEN, State.APPROVED}:
        return
    words = "is under review" if found.state == State.OPEN else "was approved"
    raise NotEligible(
        f"The application it paid for {words}. Nothing was given back. "
        "Once it is refused or withdrawn, its fee can be."
    )


def check_application_payable(*, order: Order, today: date) -> None:
    """Refuse to lead a member to a payment that could pay for nothing any more.

    Args:
        order: their own.
        today: the day in the body's zone.

    Raises:
        NotEligible: the application's window is over, or it was withdrawn.
    """
    row = Recertification.objects.filter(order=order).select_related("member").first()
    if row is None or order.state != Order.State.AWAITING:
        return
    if row.state != State.AWAITING:
        raise NotEligible("The application has ended. Nothing was charged.")
    assert row.submitted_on is not None
    cycle = working_cycle(row.member, row.program, row.submitted_on)
    until = last_payable(row, cycle) if cycle else None
    if until is not None and today > until:
        raise NotEligible(
            f"It had to be paid by {day_words(until)}. Nothing was charged."
        )


def _paid_with(order: Order) -> Recertification | None:
    """Find the application that an order was placed for, the last or an earlier one."""
    last = Recertification.objects.filter(order=order).first()
    if last is not None or order.member_id is None:
        return last
    mine = Recertification.objects.filter(member=order.member_id, program=order.program)
    key = str(order.pk)
    return next((each for each in mine if key in each.facts.get("orders", ())), None)
