"""Asking a stored card for the rest of an order: rows, of which a worker sends each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.models import Practice
from billing.models import CardCharge, CardSession, Order, Payment, StoredCard
from billing.rules import in_cents
from billing.services.fulfilling import step
from billing.services.locking import lock
from billing.services.noting import note
from core.actor import Actor
from core.words import money_words
from core.work import hasten

State = CardCharge.State
OPEN = CardCharge.OPEN
# Longer than a call to the provider may take.
LEASE = timedelta(minutes=5)


@transaction.atomic
def ask_charge(
    *,
    actor: Actor,
    order: Order,
    card: StoredCard,
    turn: int,
    today: date,
    now: datetime,
) -> CardCharge | None:
    """Ask for the rest of an order from a stored card; the worker sends it.

    None where it can't be: the order awaits nothing or waits for a second person, a
    charge is open, or the card was removed.

    Args:
        actor: in whose name.
        order: what is to be paid.
        card: which card is to pay.
        turn: the try this is, counted from 0; each is made once.
        today: the day in the body's zone.
        now: the instant, UTC.
    """
    order = lock(order)
    held = held_card(order, card)
    if held is None or not _can_be_charged(order) or _was_made(order, turn):
        return None
    charge = CardCharge(
        order=order,
        card=held,
        card_text=str(held)[:60],
        turn=turn,
        state=State.ASKED,
        amount=order.rest,
        currency=order.currency,
        due_on=today,
        at=now,
        due_at=now,
    )
    charge.key = f"charge:{charge.pk}"
    charge.save(force_insert=True)
    amount = money_words(charge.amount, charge.currency)
    step(order, f"{amount} asked of {held}", actor, now)
    note(actor, charge, "charge.asked", f"Asked {amount} of {held}", now)
    hasten("billing.tasks.charge_card", str(charge.pk))
    return charge


def hold_card(*, practice: Practice) -> StoredCard | None:
    """Lock the card that a practice's auto-renewals are charged to, where it has one.

    For who orders and asks the card in one transaction: the card comes before the
    counter of numbers and the trail, or whoever removes it waits for the trail while
    this waits for the card.
    """
    cards = StoredCard.objects.of(practice).active()
    return cards.select_for_update(of=("self",)).first()


def held_card(order: Order, card: StoredCard) -> StoredCard | None:
    """Lock the card that an order is to be charged to, while it may be."""
    active = StoredCard.objects.active().select_for_update(of=("self",))
    return active.filter(pk=card.pk, practice=order.practice_id).first()


def _can_be_charged(order: Order) -> bool:
    return (
        bool(settings.CARDS)
        and order.state == Order.State.AWAITING
        and in_cents(order.rest, order.currency) is not None
        and not order.payments.filter(state=Payment.State.TO_CONFIRM).exists()
        and not order.charges.filter(state__in=OPEN).exists()
    )


def _was_made(order: Order, turn: int) -> bool:
    made = order.charges.filter(turn__gte=turn).exclude(state=State.WITHDRAWN)
    return made.exists()


def due_charges(*, now: datetime) -> list[UUID]:
    """Name the charges that the provider is to be asked for, the oldest first."""
    due = CardCharge.objects.filter(state__in=OPEN, due_at__lte=now)
    return list(due.order_by("at").values_list("pk", flat=True)[:200])


@dataclass(frozen=True)
class ClaimedCharge:
    """A charge that is ours to send, and pages on which its order could be paid, too.

    `wanted` says whether the order still awaits just what is asked of the card, and no
    payment waits for a second person.
    """

    charge: CardCharge
    pages: Sequence[CardSession]
    wanted: bool


@transaction.atomic
def claim_charge(*, charge_id: UUID, now: datetime) -> ClaimedCharge | None:
    """Take a charge that is due for a while; None where somebody else has it."""
    due = CardCharge.objects.filter(pk=charge_id, state__in=OPEN, due_at__lte=now)
    if not due.update(due_at=now + LEASE, tries=F("tries") + 1):
        return None
    charge = CardCharge.objects.select_related("order", "card").get(pk=charge_id)
    order = charge.order
    opened = order.card_sessions.filter(state=CardSession.State.OPEN)
    wanted = order.state == Order.State.AWAITING and order.rest == charge.amount
    # Money that is there already is not taken once more: a second person decides first.
    waits = order.payments.filter(state=Payment.State.TO_CONFIRM).exists()
    return ClaimedCharge(charge, list(opened), wanted and not waits)
