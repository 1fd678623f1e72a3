"""What came of charges: paid, refused, withdrawn, or not known yet; noted once each.

The provider's answer, its events and what is found by looking lead here alike.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from billing.events import ChargeFailed
from billing.gateway import Debited
from billing.models import CardCharge, Order, Payment
from billing.rules import day_of_payment, decline_words, in_cents
from billing.rules.retries import WRONG_AMOUNT
from billing.services.charging import OPEN, State
from billing.services.crediting import keep_as_credit
from billing.services.fulfilling import step
from billing.services.locking import lock
from billing.services.noting import note
from billing.services.paying import PaymentFacts, record_payment
from core.actor import Actor
from core.events import publish
from core.words import money_words

PROVIDER = Actor.system("card provider")
NO_ANSWER = "The card provider gave no answer."
NOT_DECIDED = "The bank has not decided on it yet."
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)


@dataclass(frozen=True)
class Sent:
    """What came of sending: a payment, why none was begun, or why none is wanted."""

    debited: Debited | None = None
    failed: str = ""
    withdrawn: str = ""


@transaction.atomic
def note_sent(
    *, charge: CardCharge, sent: Sent, zone: ZoneInfo, today: date, now: datetime
) -> CardCharge:
    """Note what came of a charge: paid, refused, not decided yet, or never begun.

    Args:
        charge: our row of it.
        sent: what came of it.
        zone: the body's, for the day that the payment counts on (N5).
        today: the day in that zone.
        now: the instant, UTC.
    """
    found = sent.debited
    if sent.withdrawn:
        return withdraw_charge(charge=charge, reason=sent.withdrawn, now=now)
    if found is None or found.failed:
        code, intent = (found.failed, found.id) if found else (sent.failed, "")
        return fail_charge(
            charge=charge, code=code, intent=intent, today=today, now=now
        )
    if not found.paid:
        return put_charge_off(charge=charge, intent=found.id, now=now)
    return settle_charge(charge=charge, found=found, zone=zone, today=today, now=now)


@transaction.atomic
def settle_charge(
    *,
    charge: CardCharge,
    found: Debited,
    zone: ZoneInfo,
    today: date,
    now: datetime,
) -> CardCharge:
    """Settle the order with what was taken from the card, once however often told.

    For an order that awaits nothing any more it is kept as the payer's credit. Another
    amount or currency than asked is not recorded: staff see it.

    Args:
        charge: our row of it.
        found: the payment as the provider has it.
        zone: the body's, for the day that the payment counts on (N5).
        today: the day in that zone.
        now: the instant, UTC.
    """
    order, charge = _locked(charge)
    if charge.state == State.SUCCEEDED:
        return charge
    wrong = _wrong(charge, found)
    if wrong:
        return _refuse(order, charge, found.id, wrong, now)
    paid = found.at.astimezone(zone).date()
    on = day_of_payment(paid=paid, placed=order.placed_on, today=today)
    facts = PaymentFacts(
        Payment.Method.CARD, charge.amount, on, reference=found.id[:80]
    )
    # First, so that whoever hears of the payment finds the charge decided.
    _decide(charge, State.SUCCEEDED, found.id, "", "", now)
    awaits = order.state == Order.State.AWAITING
    take = record_payment if awaits else keep_as_credit
    take(
        actor=PROVIDER,
        order=order,
        facts=facts,
        key=f"stripe:{found.id}",
        today=today,
        now=now,
    )
    return charge


def _wrong(charge: CardCharge, found: Debited) -> str:
    asked = (in_cents(charge.amount, charge.currency), charge.currency.lower())
    got = (found.facts.get("amount_received"), found.facts.get("currency"))
    if got != asked:
        return f"Asked for {asked[0]} {asked[1]} in cents, told of {got[0]} {got[1]}."
    return ""


def _refuse(
    order: Order, charge: CardCharge, intent: str, wrong: str, now: datetime
) -> CardCharge:
    if charge.state != State.FAILED:
        _decide(charge, State.FAILED, intent, WRONG_AMOUNT, wrong, now)
        step(order, f"A payment by card was not recorded: {wrong}", PROVIDER, now)
        said = "Did not record a payment by card"
        note(PROVIDER, charge, "payment.card_refused", said, now, wrong)
    return charge


@transaction.atomic
def fail_charge(
    *, charge: CardCharge, code: str, intent: str, today: date, now: datetime
) -> CardCharge:
    """Note that a card did not pay; whoever asked for it hears of it (ChargeFailed).

    Args:
        charge: our row of it; one that is decided stays as it is.
        code: the provider's reason, or one of ours.
        intent: the provider's id of the payment; empty where none was begun.
        today: the day in the body's zone.
        now: the instant, UTC.
    """
    order, charge = _locked(charge)
    if charge.state not in OPEN:
        return charge
    reason = decline_words(code)
    _decide(charge, State.FAILED, intent, code, reason, now)
    amount = money_words(charge.amount, charge.currency)
    step(order, f"{charge.card_text} did not pay {amount}. {reason}", PROVIDER, now)
    said = f"{charge.card_text} did not pay {amount}"
    note(PROVIDER, charge, "charge.failed", said, now, reason)
    publish(ChargeFailed(charge, order, today, now))
    return charge


@transaction.atomic
def withdraw_charge(*, charge: CardCharge, reason: str, now: datetime) -> CardCharge:
    """Note that a charge was never made, as the order is paid in another way."""
    order, charge = _locked(charge)
    if charge.state in OPEN:
        _decide(charge, State.WITHDRAWN, "", "", reason, now)
        step(order, f"{charge.card_text} was not charged: {reason}", PROVIDER, now)
        said = f"Did not charge {charge.card_text}"
        note(PROVIDER, charge, "charge.withdrawn", said, now, reason)
    return charge


@transaction.atomic
def put_charge_off(
    *, charge: CardCharge, now: datetime, intent: str = ""
) -> CardCharge:
    """Ask about a charge again later, twice as long each time: it may be made."""
    pause = min(FIRST_PAUSE * 2 ** min(max(charge.tries - 1, 0), 10), LONGEST_PAUSE)
    found = CardCharge.objects.select_for_update().get(pk=charge.pk)
    if found.state in OPEN:
        found.state, found.due_at = State.UNKNOWN, now + pause
        found.intent_id = intent or found.intent_id
        found.reason = NOT_DECIDED if intent else NO_ANSWER
        found.save(update_fields=["state", "due_at", "intent_id", "reason"])
    return found


def _locked(charge: CardCharge) -> tuple[Order, CardCharge]:
    order = lock(charge.order)
    return order, CardCharge.objects.select_for_update().get(pk=charge.pk)


def _decide(
    charge: CardCharge,
    state: CardCharge.State,
    intent: str,
    code: str,
    reason: str,
    now: datetime,
) -> None:
    charge.state, charge.intent_id = state, intent or charge.intent_id
    charge.code, charge.reason = code[:60], reason[:400]
    charge.decided_at, charge.due_at = now, None
    charge.save()
