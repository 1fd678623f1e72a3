"""Payments: recorded, confirmed by a second person where large, settled once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from billing.events import MoneySettled
from billing.models import Order, Payment
from billing.queries import money_counts_on, settled_alone
from billing.rules import moves_of_paying, moves_of_using_credit
from billing.services.booking import book
from billing.services.fulfilling import fulfil, step
from billing.services.locking import lock_for_body
from billing.services.noting import note
from billing.services.telling import tell_receipt
from core.actor import Actor
from core.events import publish
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from core.words import money_words

Method, State = Payment.Method, Payment.State
# A typing slip, not a rule: nobody pays more in one go.
MOST_AT_ONCE = Decimal(1_000_000)
CENT = Decimal("0.01")
LONGEST_REFERENCE = 80
# A wrong year, not a rule: banks take no cheque that is this old.
OLDEST = timedelta(days=366)
OLD = "Check the year: this is more than a year ago."


@dataclass(frozen=True)
class PaymentFacts:
    """What is known of a payment.

    Args:
        method: how it was paid.
        amount: above zero, in the order's currency, whole cents.
        received_on: the day it came in.
        dated_on: the date on a cheque, which is the day it counts (N5).
        reference: a cheque's number, a transfer's text, a provider's id.
    """

    method: Payment.Method
    amount: Decimal
    received_on: date
    dated_on: date | None = None
    reference: str = ""

    @property
    def counts_on(self) -> date:
        """The day it counts."""
        return self.dated_on or self.received_on


@transaction.atomic
def record_payment(
    *,
    actor: Actor,
    order: Order,
    facts: PaymentFacts,
    key: str,
    today: date,
    now: datetime,
) -> Payment:
    """Record a payment, and settle the order with it.

    Once it and what the actor settled of the order alone are above the order's limit,
    it waits for a second person first, unless a card's provider took it. What is more
    than the rest is kept as the payer's credit. The same key again gives the first
    payment back.

    Args:
        actor: who records it.
        order: what it is for.
        facts: what is known of it.
        key: one-use key of the form, or the provider's id, 100 characters at most.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        Forbidden: the actor pays the order, or administers who does.
        NotUsable: a fact can't be used.
        NotEligible: the order doesn't await payment.
        Stale: the key was used for another payment.
    """
    _check(facts, today)
    order = lock_for_body(actor, order)
    found = Payment.objects.filter(key=key).first()
    if found is not None:
        return _recorded_before(found, order, facts)
    check_awaiting(order)
    large = _needs_second(actor, order, facts)
    payment = write_payment(actor, order, facts, key, large, now)
    if large:
        amount = money_words(payment.amount, order.currency)
        step(order, f"{amount} recorded, a second person confirms it", actor, now)
        note(actor, payment, "payment.recorded", f"Recorded {payment}", now)
        return payment
    settle(actor, order, payment, today, now)
    return payment


def _needs_second(actor: Actor, order: Order, facts: PaymentFacts) -> bool:
    """Say whether a second person has to confirm it; the order is locked.

    Parts count together, or whoever may record $900.00 could record it twice.
    """
    if facts.method == Method.CARD:
        return False
    alone = settled_alone(order, user_id=actor.user_id, label=actor.label)
    return alone + facts.amount > order.confirm_above


def check_awaiting(order: Order) -> None:
    """Refuse money for an order that doesn't await any.

    Raises:
        NotEligible: it is paid, refunded or cancelled.
    """
    if order.state == Order.State.AWAITING:
        return
    words = order.get_state_display().lower()
    if order.state in {Order.State.PAID, Order.State.FULFILLED}:
        words = "paid already"
    raise NotEligible(f"Order {order.number} is {words}. Nothing was recorded.")


def settle(
    actor: Actor, order: Order, payment: Payment, today: date, now: datetime
) -> None:
    """Settle a locked order with a payment, and fulfil it where nothing is left."""
    owed = min(payment.amount, order.rest)
    payment.over = payment.amount - owed
    payment.state = State.SETTLED
    payment.save(update_fields=["over", "state", "decided_by"])
    order.settled += owed
    order.save(update_fields=["settled"])
    moves = (
        moves_of_using_credit(owed=owed)
        if payment.method == Method.CREDIT
        else moves_of_paying(owed=owed, over=payment.over)
    )
    text = payment.get_method_display()
    book(order, moves, key=f"paid:{payment.pk}", text=text, on=today, now=now)
    amount = money_words(payment.amount, order.currency)
    step(order, f"{amount} by {text.lower()}", actor, now)
    publish(MoneySettled(order, actor, today, now))
    order.refresh_from_db(fields=["state"])
    replaced = order.state == Order.State.CANCELLED
    if not order.rest and not replaced:
        counts_on = money_counts_on(order)
        assert counts_on is not None
        fulfil(actor=actor, order=order, counts_on=counts_on, today=today, now=now)
    note(actor, payment, "payment.settled", f"Settled {payment}", now)
    if not replaced:
        # The receipt of what replaced it says where the money went.
        tell_receipt(order, payment, now=now)


def _check(facts: PaymentFacts, today: date) -> None:
    problems = []
    cents = facts.amount == facts.amount.quantize(CENT)
    if not (CENT <= facts.amount <= MOST_AT_ONCE and cents):
        text = f"Enter an amount from 0.01 to {MOST_AT_ONCE:,}, with whole cents."
        problems.append(FieldProblem("amount", text))
    if facts.received_on > today:
        text = "Enter the day it came in: today or earlier."
        problems.append(FieldProblem("received_on", text))
    elif today - facts.received_on > OLDEST:
        problems.append(FieldProblem("received_on", OLD))
    if len(facts.reference) > LONGEST_REFERENCE:
        text = f"Shorten this to {LONGEST_REFERENCE} characters."
        problems.append(FieldProblem("reference", text))
    problems += _cheque_problems(facts, today)
    if problems:
        raise NotUsable(problems[0].text, problems)


def _cheque_problems(facts: PaymentFacts, today: date) -> list[FieldProblem]:
    if facts.method != Method.CHEQUE:
        text = "Only a cheque carries a date of its own. Leave this empty."
        return [] if facts.dated_on is None else [FieldProblem("dated_on", text)]
    problems = []
    if facts.dated_on is None:
        text = "Enter the date on the cheque: it decides the day that counts."
        problems.append(FieldProblem("dated_on", text))
    elif facts.dated_on > today:
        text = "The cheque's date is yet to come. Record it then."
        problems.append(FieldProblem("dated_on", text))
    elif today - facts.dated_on > OLDEST:
        problems.append(FieldProblem("dated_on", OLD))
    if not facts.reference.strip():
        problems.append(FieldProblem("reference", "Enter the cheque's number."))
    return problems


def write_payment(
    actor: Actor,
    order: Order,
    facts: PaymentFacts,
    key: str,
    large: bool,  # noqa: FBT001
    now: datetime,
) -> Payment:
    """Write the row of a payment; a large one waits for a second person.

    Raises:
        Stale: the key was used for another order's.
    """
    try:
        with transaction.atomic():
            return Payment.objects.create(
                order=order,
                method=facts.method,
                state=State.TO_CONFIRM if large else State.SETTLED,
                amount=facts.amount,
                currency=order.currency,
                received_on=facts.received_on,
                counts_on=facts.counts_on,
                reference=facts.reference.strip(),
                key=key,
                by=actor.label,
                by_user_id=actor.user_id,
                at=now,
            )
    except IntegrityError as error:
        raise Stale("This was recorded already, for another order.") from error


def _recorded_before(found: Payment, order: Order, facts: PaymentFacts) -> Payment:
    same = (found.order_id, found.method, found.amount) == (
        order.pk,
        facts.method,
        facts.amount,
    )
    if not same:
        raise Stale("This form was used for another payment. Nothing was recorded.")
    return found
