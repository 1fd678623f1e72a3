"""What the card provider told about stored cards and their charges."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from billing.gateway import Debited
from billing.models import CardCharge, ProviderEvent, StoredCard
from billing.services.charge_settling import fail_charge, settle_charge
from billing.services.stored_cards import note_page_done

State = ProviderEvent.State
NOTHING_OF_OURS = "It is about nothing of ours."
NO_CHANGE = "It changes nothing here."


def done(event: ProviderEvent, state: ProviderEvent.State, reason: str = "") -> None:
    """Say what became of an event; whoever applies it saves it."""
    event.state, event.reason = state, reason[:400]


def apply_to_charge(
    event: ProviderEvent,
    *,
    day_in: Callable[[str], ZoneInfo],
    today_in: Callable[[ZoneInfo], date],
    now: datetime,
) -> None:
    """Apply an event about a payment, where it is one of a stored card."""
    charge = _charge_of(event)
    if charge is None:
        done(event, State.IGNORED, NOTHING_OF_OURS)
        return
    event.order, event.program = charge.order, charge.order.program
    zone, intent = day_in(event.program), str(event.facts.get("id", ""))
    today = today_in(zone)
    if event.kind == "payment_intent.succeeded":
        found = Debited(intent, paid=True, failed="", at=event.at, facts=event.facts)
        charge = settle_charge(
            charge=charge, found=found, zone=zone, today=today, now=now
        )
        paid = charge.state == CardCharge.State.SUCCEEDED
        done(event, State.APPLIED if paid else State.REFUSED, charge.reason)
    elif event.kind == "payment_intent.payment_failed":
        code = str(event.facts.get("problem") or "card_declined")
        fail_charge(charge=charge, code=code, intent=intent, today=today, now=now)
        done(event, State.APPLIED)
    else:
        done(event, State.IGNORED, NO_CHANGE)


def _charge_of(event: ProviderEvent) -> CardCharge | None:
    """Find the charge that a payment bears the id of."""
    found = CardCharge.objects.select_related("order")
    try:
        return found.filter(pk=UUID(str(event.facts.get("charge", "")))).first()
    except ValueError:
        return None


def apply_to_setup(event: ProviderEvent, *, now: datetime) -> None:
    """Have the worker ask what came of a page to store a card on."""
    card = _card_of(event)
    if card is None:
        done(event, State.IGNORED, NOTHING_OF_OURS)
        return
    note_page_done(card=card, now=now)
    done(event, State.APPLIED)


def _card_of(event: ProviderEvent) -> StoredCard | None:
    try:
        reference = UUID(str(event.facts.get("client_reference_id", "")))
    except ValueError:
        return None
    return StoredCard.objects.filter(pk=reference).first()
