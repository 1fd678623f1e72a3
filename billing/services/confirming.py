"""The second person a large payment needs: they confirm it or refuse it."""

from datetime import date, datetime

from django.db import transaction

from billing.events import MoneySettled
from billing.models import Order, Payment
from billing.services.crediting import credit_all
from billing.services.fulfilling import step
from billing.services.locking import lock_for_body
from billing.services.noting import note
from billing.services.paying import settle
from core.actor import Actor
from core.events import publish
from core.failures import FieldProblem, NotEligible, NotUsable

State = Payment.State


@transaction.atomic
def confirm_payment(
    *, actor: Actor, payment: Payment, today: date, now: datetime
) -> Payment:
    """Confirm a payment that somebody else recorded, and settle the order with it.

    Where the order was paid meanwhile, by card or by what others recorded, the money is
    there all the same: it is kept as the payer's credit.

    Raises:
        Forbidden: the actor pays the order, or administers who does.
        NotEligible: it doesn't wait, or the actor recorded it.
    """
    order, payment = _locked(actor, payment)
    if payment.state == State.SETTLED:
        return payment
    _check_second(actor, payment)
    payment.decided_by = actor.label
    awaits = order.state == Order.State.AWAITING
    take = settle if awaits else credit_all
    take(actor, order, payment, today, now)
    return payment


@transaction.atomic
def refuse_payment(
    *, actor: Actor, payment: Payment, reason: str, today: date, now: datetime
) -> Payment:
    """Refuse a payment that waits for a second person; the order awaits payment still.

    Raises:
        Forbidden: the actor pays the order, or administers who does.
        NotUsable: no reason is given.
        NotEligible: it doesn't wait, or the actor recorded it.
    """
    if not reason.strip():
        text = "Write why the payment is refused."
        raise NotUsable(text, [FieldProblem("reason", text)])
    order, payment = _locked(actor, payment)
    if payment.state == State.REFUSED:
        return payment
    _check_second(actor, payment)
    payment.state, payment.decided_by = State.REFUSED, actor.label
    payment.reason = reason.strip()[:400]
    payment.save(update_fields=["state", "decided_by", "reason"])
    step(order, f"Payment refused: {reason.strip()}", actor, now)
    if order.settled and order.state == Order.State.AWAITING:
        # While it waited, nothing else could be done about the order.
        publish(MoneySettled(order, actor, today, now))
    note(actor, payment, "payment.refused", f"Refused {payment}", now, reason.strip())
    return payment


def _locked(actor: Actor, payment: Payment) -> tuple[Order, Payment]:
    order = lock_for_body(actor, payment.order)
    return order, Payment.objects.select_for_update().get(pk=payment.pk)


def _check_second(actor: Actor, payment: Payment) -> None:
    if payment.state != State.TO_CONFIRM:
        words = payment.get_state_display().lower()
        raise NotEligible(f"This payment is {words}. Nothing was changed.")
    if actor.user_id is None or actor.user_id == payment.by_user_id:
        raise NotEligible(
            "You recorded this payment. Another manager has to decide on it."
        )
