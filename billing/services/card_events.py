"""What the card provider told: kept once, then applied by the worker, in any order.

A payment is known by the provider's id of it, so the same told twice, late, or by two
events settles once. Money is never lost: for an order that awaits none it is kept as
its payer's credit.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.db import IntegrityError, transaction

from billing.gateway import Told
from billing.models import CardSession, Order, Payment, ProviderEvent, Refund
from billing.rules import day_of_payment, in_cents
from billing.services.card_refunds import note_failed_later
from billing.services.crediting import keep_as_credit
from billing.services.fulfilling import step
from billing.services.locking import lock
from billing.services.paying import PaymentFacts, record_payment
from billing.services.stored_events import (
    NOTHING_OF_OURS,
    apply_to_charge,
    apply_to_setup,
    done,
)
from core.actor import Actor
from core.audit import record
from core.failures import NotEligible
from core.words import money_words
from core.work import hasten

logger = structlog.get_logger(__name__)
State = ProviderEvent.State
PROVIDER = Actor.system("card provider")
# Until an event that could not be applied is tried again: twice as long each time.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)


@transaction.atomic
def keep_event(*, told: Told, now: datetime) -> None:
    """Keep an event that the provider signed; one it told before is there already."""
    event = ProviderEvent(
        event_id=told.id,
        kind=told.kind[:100],
        facts=dict(told.facts),
        at=told.at,
        received_at=now,
        state=State.WAITING,
        due_at=now,
    )
    try:
        # Who keeps it may not read what is there: the constraint alone can say.
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError:
        return
    hasten("billing.tasks.apply_event", str(event.pk))


def find_page(event: ProviderEvent) -> CardSession | None:
    """Find our page that an event is about, also one whose answer never reached us."""
    found = CardSession.objects.filter(session_id=event.facts.get("id", "")).first()
    if found is not None:
        return found
    try:
        reference = UUID(str(event.facts.get("client_reference_id", "")))
    except ValueError:
        return None
    return CardSession.objects.filter(pk=reference).first()


@transaction.atomic
def apply_event(
    *,
    event_id: UUID,
    day_in: Callable[[str], ZoneInfo],
    today_in: Callable[[ZoneInfo], date],
    now: datetime,
) -> ProviderEvent | None:
    """Apply an event that waits; None where somebody else has it or it is done.

    Args:
        event_id: our row of it.
        day_in: a body's zone.
        today_in: the day it is in a zone.
        now: the instant, UTC.
    """
    waits = ProviderEvent.objects.filter(pk=event_id, state=State.WAITING)
    event = waits.select_for_update(skip_locked=True, of=("self",)).first()
    if event is None:
        return None
    if event.kind == "refund.failed":
        _note_refund(event, now)
    elif event.kind.startswith("payment_intent."):
        apply_to_charge(event, day_in=day_in, today_in=today_in, now=now)
    elif event.facts.get("mode") == "setup":
        apply_to_setup(event, now=now)
    else:
        page = find_page(event)
        if page is None:
            done(event, State.IGNORED, NOTHING_OF_OURS)
        else:
            event.order, event.program = page.order, page.order.program
            zone = day_in(page.order.program)
            _apply(event, page, event.at.astimezone(zone).date(), today_in(zone), now)
    event.save(update_fields=["state", "reason", "order", "program"])
    if event.state == State.REFUSED:
        logger.error("card event refused", told=event.event_id, said=event.reason)
    elif event.state == State.IGNORED:
        logger.info("card event ignored", told=event.event_id, kind=event.kind)
    return event


def _apply(
    event: ProviderEvent, page: CardSession, paid: date, today: date, now: datetime
) -> None:
    kind, settled = event.kind, event.facts.get("payment_status") == "paid"
    if kind == "checkout.session.expired":
        _end(page, CardSession.State.EXPIRED)
        done(event, State.APPLIED)
    elif kind == "checkout.session.async_payment_failed":
        _end(page, CardSession.State.FAILED)
        done(event, State.APPLIED)
    elif kind.startswith("checkout.session.") and settled:
        _take(event, page, paid, today, now)
    else:
        done(event, State.IGNORED, "It changes nothing here.")


def _take(
    event: ProviderEvent, page: CardSession, paid: date, today: date, now: datetime
) -> None:
    """Record what was paid on a page, or refuse what isn't what we asked for."""
    order = lock(page.order)
    wrong = _wrong(event, page)
    if wrong:
        _refuse(event, page, order, wrong, now)
        return
    intent = str(event.facts["payment_intent"])
    on = day_of_payment(paid=paid, placed=order.placed_on, today=today)
    facts = PaymentFacts(Payment.Method.CARD, page.amount, on, reference=intent[:80])
    awaits = order.state == Order.State.AWAITING
    key = f"stripe:{intent}"
    known = Payment.objects.filter(key=key).exists()
    take = record_payment if awaits or known else keep_as_credit
    try:
        payment = take(
            actor=PROVIDER, order=order, facts=facts, key=key, today=today, now=now
        )
    except NotEligible:
        if order.member_id is None:
            raise
        # Renewed meanwhile, a member can't have it again; the money is theirs.
        payment = keep_as_credit(
            actor=PROVIDER, order=order, facts=facts, key=key, today=today, now=now
        )
    page.state = CardSession.State.PAID
    page.save(update_fields=["state"])
    over = money_words(payment.over, order.currency)
    done(event, State.APPLIED, f"{over} kept as credit." if payment.over else "")


def _refuse(
    event: ProviderEvent, page: CardSession, order: Order, wrong: str, now: datetime
) -> None:
    _end(page, CardSession.State.FAILED)
    step(order, f"A payment by card was not recorded: {wrong}", PROVIDER, now)
    record(
        actor=PROVIDER,
        action="payment.card_refused",
        subject=page,
        practice_id=order.practice_id,
        member_id=order.member_id,
        program=order.program,
        sentence=f"Did not record a payment by card for order {order.number}",
        reason=wrong,
        now=now,
    )
    done(event, State.REFUSED, wrong)


def _wrong(event: ProviderEvent, page: CardSession) -> str:
    facts = event.facts
    if not facts.get("payment_intent"):
        return "It names no payment."
    asked = (in_cents(page.amount, page.currency), page.currency.lower())
    got = (facts.get("amount_total"), facts.get("currency"))
    if got != asked:
        return f"Asked for {asked[0]} {asked[1]} in cents, told of {got[0]} {got[1]}."
    return ""


def _end(page: CardSession, state: CardSession.State) -> None:
    opened = CardSession.objects.filter(pk=page.pk, state=CardSession.State.OPEN)
    opened.update(state=state)


def _note_refund(event: ProviderEvent, now: datetime) -> None:
    refund = Refund.objects.filter(reference=event.facts.get("id", "")).first()
    if refund is None or not refund.reference:
        done(event, State.IGNORED, NOTHING_OF_OURS)
        return
    event.order, event.program = refund.order, refund.order.program
    said = str(event.facts.get("failure_reason") or "the provider gave no reason")
    note_failed_later(refund=refund, error=said, now=now)
    done(event, State.APPLIED)


@transaction.atomic
def put_off(*, event_id: UUID, error: Exception, now: datetime) -> None:
    """Keep an event that could not be applied for later; the money is not forgotten."""
    event = ProviderEvent.objects.select_for_update().get(pk=event_id)
    event.tries += 1
    pause = min(FIRST_PAUSE * 2 ** min(event.tries - 1, 10), LONGEST_PAUSE)
    event.due_at = now + pause
    event.reason = f"Not applied yet: {error}"[:400]
    event.save(update_fields=["tries", "due_at", "reason"])


def due_events(*, now: datetime) -> list[UUID]:
    """Name the events that wait to be applied, the oldest first."""
    waiting = ProviderEvent.objects.filter(state=State.WAITING, due_at__lte=now)
    return list(waiting.order_by("at").values_list("pk", flat=True)[:500])
