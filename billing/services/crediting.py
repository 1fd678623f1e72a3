"""What was paid too much: paying with it, and keeping what nothing is owed for."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from billing.models import Order, Payment
from billing.queries import credit_of, payer_of
from billing.rules import moves_of_paying
from billing.services.booking import book
from billing.services.fulfilling import step
from billing.services.locking import lock, lock_for_body
from billing.services.noting import note
from billing.services.paying import (
    PaymentFacts,
    check_awaiting,
    settle,
    write_payment,
)
from billing.services.telling import tell_receipt
from core.actor import Actor
from core.failures import NotEligible
from core.words import money_words

Method = Payment.Method


@transaction.atomic
def use_credit(
    *,
    actor: Actor,
    order: Order,
    key: str,
    today: date,
    now: datetime,
    by_payer: bool = False,
    counts_on: date | None = None,
) -> Payment:
    """Pay what the payer's credit covers; the same key again pays nothing more.

    Args:
        actor: who says so.
        order: what is paid.
        key: one-use key of the form.
        today: the day in the body's zone.
        now: the instant, UTC.
        by_payer: the actor does it as who pays, not for the body.
        counts_on: the day the money counts where it came in for another order (N5);
            today where it is None.

    Raises:
        Forbidden: the actor does it for the body, but it is their own.
        NotEligible: there is no credit, or the order doesn't await payment.
    """
    order = lock(order) if by_payer else lock_for_body(actor, order)
    found = Payment.objects.filter(key=key).first()
    if found is not None and found.order_id == order.pk:
        return found
    check_awaiting(order)
    amount = min(credit_of(payer_of(order), order.program, order.currency), order.rest)
    if not amount:
        raise NotEligible("There is no credit to use. Nothing was paid.")
    facts = PaymentFacts(Method.CREDIT, amount, today, dated_on=counts_on)
    payment = write_payment(actor, order, facts, key, False, now)  # noqa: FBT003
    settle(actor, order, payment, today, now)
    return payment


@transaction.atomic
def keep_as_credit(
    *,
    actor: Actor,
    order: Order,
    facts: PaymentFacts,
    key: str,
    today: date,
    now: datetime,
) -> Payment:
    """Keep money that came for an order which awaits none, as its payer's credit.

    A card may have been charged when the order was cancelled or paid meanwhile: the
    money is there, so it is the payer's. The same key again keeps nothing more.

    Args:
        actor: who says so.
        order: what it was meant for.
        facts: what is known of the payment.
        key: one-use key, the provider's id.
        today: the day in the body's zone.
        now: the instant, UTC.
    """
    order = lock(order)
    found = Payment.objects.filter(key=key).first()
    if found is not None and found.order_id == order.pk:
        return found
    payment = write_payment(actor, order, facts, key, False, now)  # noqa: FBT003
    credit_all(actor, order, payment, today, now)
    return payment


def credit_all(
    actor: Actor, order: Order, payment: Payment, today: date, now: datetime
) -> None:
    """Keep all of a payment as its payer's credit; its order, locked, awaits none."""
    payment.over, payment.state = payment.amount, Payment.State.SETTLED
    payment.save(update_fields=["over", "state", "decided_by"])
    moves = moves_of_paying(owed=Decimal(0), over=payment.amount)
    text = payment.get_method_display()
    book(order, moves, key=f"paid:{payment.pk}", text=text, on=today, now=now)
    amount = money_words(payment.amount, order.currency)
    step(order, f"{amount} by {text.lower()} too late, kept as credit", actor, now)
    note(actor, payment, "payment.credited", f"Kept {payment} as credit", now)
    tell_receipt(order, payment, now=now)
