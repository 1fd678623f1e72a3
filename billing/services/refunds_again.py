"""Refunds that their card did not take: sent to it again, or settled another way.

What was bought is taken off and booked since the refund was decided; only the money has
yet to get there. Each failure is answered once.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from billing.models import Order, Payment, Refund
from billing.services.card_refunds import left_on_card
from billing.services.fulfilling import step
from billing.services.locking import lock_for_body
from billing.services.noting import note
from billing.services.telling import tell_refund_sent
from core.actor import Actor
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from core.words import money_words
from core.work import hasten

Method, State = Payment.Method, Refund.State
# How money goes that its card did not take: somebody sends it.
OTHER_WAYS = (Method.CHEQUE, Method.TRANSFER)
LONGEST_REFERENCE = 80


@transaction.atomic
def send_refund_again(
    *, actor: Actor, refund: Refund, seen: int, now: datetime
) -> Refund:
    """Have a refund that failed sent to its card once more.

    Args:
        actor: who decides it.
        refund: which one.
        seen: how often it had been sent again when the actor looked.
        now: the instant, UTC.

    Raises:
        Forbidden: the actor pays the order, or administers who does.
        NotEligible: it didn't fail, or its card can't get it.
        Stale: it was sent again since, and failed again.
    """
    order, refund = _locked(actor, refund)
    if refund.state == State.ASKED and refund.resent == seen + 1:
        return refund
    _check_failed(refund, seen)
    _check_card(refund)
    failed = refund.error
    refund.state, refund.resent = State.ASKED, refund.resent + 1
    # What the provider tells late of the former try finds no refund of ours.
    refund.reference, refund.error, refund.tries, refund.due_at = "", "", 0, None
    refund.save(
        update_fields=["state", "resent", "reference", "error", "tries", "due_at"]
    )
    hasten("billing.tasks.send_refund", str(refund.pk))
    amount = money_words(refund.amount, refund.currency)
    step(order, f"{amount} is sent to the card again", actor, now)
    said = f"Had {amount} sent to the card again"
    note(actor, refund, "refund.sent_again", said, now, failed)
    return refund


@transaction.atomic
def settle_refund_otherwise(
    *,
    actor: Actor,
    refund: Refund,
    method: Payment.Method,
    reference: str,
    seen: int,
    now: datetime,
) -> Refund:
    """Note that a refund which failed was sent by cheque or transfer; tell its payer.

    Args:
        actor: who sent it.
        refund: which one.
        method: how it was sent.
        reference: a cheque's number, a transfer's text.
        seen: how often it had been sent again when the actor looked.
        now: the instant, UTC.

    Raises:
        Forbidden: the actor pays the order, or administers who does.
        NotUsable: a method or reference that can't be used.
        NotEligible: it didn't fail.
        Stale: it was sent again since, and failed again.
    """
    _check_way(method, reference)
    order, refund = _locked(actor, refund)
    reference = reference.strip()
    done = (State.DONE, method, reference)
    if (refund.state, refund.sent_by, refund.reference) == done:
        return refund
    _check_failed(refund, seen)
    refund.state, refund.sent_by, refund.reference = done
    refund.save(update_fields=["state", "sent_by", "reference"])
    amount = money_words(refund.amount, refund.currency)
    by = f"{method.label.lower()} {reference}".strip()
    step(order, f"{amount} sent by {by} instead of to the card", actor, now)
    said = f"Sent {amount} by {by} instead of to the card"
    note(actor, refund, "refund.sent_otherwise", said, now, refund.error)
    tell_refund_sent(order, refund, by=by, now=now)
    return refund


def _locked(actor: Actor, refund: Refund) -> tuple[Order, Refund]:
    order = lock_for_body(actor, refund.order)
    held = Refund.objects.select_for_update(of=("self",))
    return order, held.select_related("payment").get(pk=refund.pk)


def _check_failed(refund: Refund, seen: int) -> None:
    if refund.state != State.FAILED:
        words = refund.get_state_display().lower()
        raise NotEligible(f"This refund is {words}. Nothing was changed.")
    if refund.resent != seen:
        raise Stale("It was sent again since, and failed again. Read why first.")


def _check_card(refund: Refund) -> None:
    text = ""
    if not settings.CARDS or refund.payment is None:
        text = "No card provider is set up."
    elif left_on_card(refund.payment) < refund.amount:
        text = "Other refunds went to this card meanwhile: it can't get so much."
    if text:
        raise NotEligible(f"{text} Send the money another way.")


def _check_way(method: Payment.Method, reference: str) -> None:
    problems = []
    if method not in OTHER_WAYS:
        text = "Choose cheque or transfer."
        problems.append(FieldProblem("method", text))
    if method == Method.CHEQUE and not reference.strip():
        problems.append(FieldProblem("reference", "Enter the cheque's number."))
    if len(reference) > LONGEST_REFERENCE:
        text = f"Shorten this to {LONGEST_REFERENCE} characters."
        problems.append(FieldProblem("reference", text))
    if problems:
        raise NotUsable(problems[0].text, problems)
