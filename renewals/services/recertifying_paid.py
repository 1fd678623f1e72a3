"""An application's order is paid, or its money is to go back (N5, N16)."""

from dataclasses import replace
from datetime import date

from billing.events import OrderPaid, RefundAsked
from billing.models import Invoice, Order
from ce_credits.rules import Reason
from core.audit import record
from core.failures import NotEligible
from core.words import day_words
from credentials.policy import policy_for
from renewals.models import Recertification
from renewals.queries import fee_paid_on, last_payable, working_cycle
from renewals.queries.recertifications import why_not_paid
from renewals.rules.cycles import Closed
from renewals.services.recertifying_orders import order_parts, parts_lacking
from renewals.services.recertifying_rows import (
    RECERTIFIED,
    change,
    is_recertified,
    lock_application,
)
from renewals.services.recertifying_taking import take
from renewals.services.recertifying_telling import tell_application

State = Recertification.State


def on_application_paid(event: OrderPaid) -> None:
    """Take the application that an order pays, in the payment's transaction.

    Where it isn't taken, it stays and says why. A payment that came late leaves the
    late fee to be paid: an order of that follows, and only with it the whole is paid.
    """
    found = Recertification.objects.filter(order=event.order).first()
    if found is None:
        return
    row = lock_application(found.pk)
    if row.state != State.AWAITING:
        return
    before = Order.objects.filter(pk__in=row.facts["orders"])
    reasons, paid_on = why_not_paid(row, [*before, event.order])
    if is_recertified(row):
        # Not owed any more: staff can give it back.
        rule = policy_for(row.program, on=row.cycle_last_on).cycles.application.basis
        reasons = (Reason(rule.rule, RECERTIFIED),)
    if not reasons:
        take(actor=event.actor, row=row, paid_on=paid_on, now=event.now)
        return
    _leave(row, event, reasons, paid_on)


def _leave(
    row: Recertification, event: OrderPaid, reasons: tuple[Reason, ...], paid_on: date
) -> None:
    """Keep an application that isn't taken: why, and what is still owed."""
    row.facts["not_taken"] = [[each.rule, each.text] for each in reasons]
    rest = None if is_recertified(row) else _order_rest(row, event, paid_on)
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
    items = [each.text for each in reasons]
    tell_application(row, "application_not_taken", event.now, items)


def _order_rest(row: Recertification, event: OrderPaid, paid_on: date) -> Order | None:
    """Order the parts that being late added; None where nothing was."""
    fee = fee_paid_on(row, paid_on)
    if isinstance(fee, Closed):
        return None
    orders = [*row.facts["orders"], str(event.order.pk)]
    parts = parts_lacking(fee, orders)
    if not parts:
        return None
    invoice = event.order.invoices.get(kind=Invoice.Kind.INVOICE)
    return order_parts(
        event.actor,
        row,
        replace(fee, parts=parts),
        event.order.told,
        invoice.facts["seller"],
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
