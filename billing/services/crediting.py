"""Paying with what was paid too much before."""

from datetime import date, datetime

from django.db import transaction

from billing.models import Order, Payment
from billing.queries import credit_of
from billing.services.ordering import lock
from billing.services.paying import (
    PaymentFacts,
    check_awaiting,
    settle,
    write_payment,
)
from core.actor import Actor
from core.failures import NotEligible

Method = Payment.Method


@transaction.atomic
def use_credit(
    *, actor: Actor, order: Order, key: str, today: date, now: datetime
) -> Payment:
    """Pay what the payer's credit covers; the same key again pays nothing more.

    Raises:
        NotEligible: there is no credit, or the order doesn't await payment.
    """
    order = lock(order)
    found = Payment.objects.filter(key=key).first()
    if found is not None and found.order_id == order.pk:
        return found
    check_awaiting(order)
    payer = order.practice or order.member
    assert payer is not None
    amount = min(credit_of(payer, order.program, order.currency), order.rest)
    if not amount:
        raise NotEligible("There is no credit to use. Nothing was paid.")
    facts = PaymentFacts(Method.CREDIT, amount, received_on=today)
    payment = write_payment(actor, order, facts, key, False, now)  # noqa: FBT003
    settle(actor, order, payment, today, now)
    return payment
