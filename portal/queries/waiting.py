"""Who waits for a practice's stored card, and when it is charged next."""

from datetime import date

from accounts.models import Sponsorship
from billing.models import Order
from billing.queries import stored_card_of
from core.words import day_words
from renewals.models import CardRound
from renewals.queries import waiting_in
from renewals.services import next_charge_on

NOT_ANY_MORE = "Your card is not tried again."


def order_waits(order: Order, *, today: date) -> str:
    """Say when the card pays an order that auto-renewal placed; else nothing."""
    found = CardRound.objects.filter(order=order).first()
    if found is None or order.state != Order.State.AWAITING:
        return ""
    return f"Auto-renewal placed this order. {_when(found, today)}"


def member_waits(row: Sponsorship, *, today: date) -> str:
    """Say when the card pays for somebody who waits for it; else nothing."""
    found = (
        CardRound.objects.filter(
            attempts__sponsorship=row, practice=row.practice_id, program=row.program
        )
        .exclude(state=CardRound.State.ENDED)
        .first()
    )
    if found is None or not waiting_in([found]).filter(member=row.member_id).exists():
        return ""
    return _when(found, today)


def _when(found: CardRound, today: date) -> str:
    on, card = next_charge_on(found=found, today=today), stored_card_of(found.practice)
    if on is None or card is None:
        return NOT_ANY_MORE
    if on == today:
        return f"Your card, {card}, is being charged."
    return f"Your card, {card}, is tried again on {day_words(on)}."
