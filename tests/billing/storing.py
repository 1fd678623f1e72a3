"""A practice's card stored on the far side, and the worker that charges it."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Practice
from billing import tasks
from billing.models import CardCharge, Order, StoredCard
from billing.services import ask_charge
from billing.services.card_setup import ask_for_setup, claim_setup, keep_setup
from core.actor import Actor
from tests.billing.stripe_fake import Far
from tests.billing.stripe_stored import VISA
from tests.cast import NOW, TESTER, TODAY

BACK, AWAY = "http://localhost:8000/back/", "http://localhost:8000/away/"


def began(
    practice: Practice, *, actor: Actor = TESTER, now: datetime = NOW
) -> StoredCard:
    """Have a page made on which the practice can store a card."""
    claimed = claim_setup(actor=actor, practice=practice, agreed=True, now=now)
    page, customer = ask_for_setup(
        card=claimed, name=practice.name, back=BACK, away=AWAY
    )
    return keep_setup(card=claimed, checkout=page, customer=customer)


def typed_in(far: Far, card: StoredCard, kind: dict[str, Any] = VISA) -> StoredCard:
    """Type a card in on its page, and let the worker ask what came of it."""
    far.store(str(card.session_id), kind)
    see_to(card)
    card.refresh_from_db()
    return card


def see_to(card: StoredCard) -> None:
    """Let the worker ask about a card now, however long it would wait."""
    StoredCard.objects.filter(pk=card.pk, due_at__isnull=False).update(due_at=NOW)
    tasks.see_to_card(str(card.pk))


def stored(
    far: Far, practice: Practice, kind: dict[str, Any] = VISA, *, now: datetime = NOW
) -> StoredCard:
    """Store a card for a practice."""
    return typed_in(far, began(practice, now=now), kind)


def charge_all(*, after: timedelta = timedelta(0)) -> None:
    """Let the worker charge what is due, or will be after a while."""
    opened = CardCharge.objects.filter(state__in=CardCharge.OPEN)
    for each in opened:
        if after and each.due_at:
            opened.filter(pk=each.pk).update(due_at=each.due_at - after)
        tasks.charge_card(str(each.pk))


def asked(order: Order, card: StoredCard, turn: int = 0) -> CardCharge:
    """Ask for an order's rest."""
    charge = ask_charge(
        actor=TESTER, order=order, card=card, turn=turn, today=TODAY, now=NOW
    )
    assert charge is not None
    return charge


def intent_of(far: Far) -> dict[str, object]:
    """The one payment there is."""
    (found,) = far.intents.values()
    return found


def later(charge: CardCharge) -> None:
    """Let the lease of who died, or the pause, be over."""
    charge_all(after=timedelta(hours=7))
    charge.refresh_from_db()
