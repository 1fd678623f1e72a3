"""Sending a claimed charge to the provider; no transaction is open meanwhile."""

from datetime import datetime, timedelta

from billing.gateway import Away, Debit, Debited, Declined, debit, find_debit
from billing.models import CardCharge, CardSession
from billing.rules import in_cents
from billing.services.charge_settling import Sent
from billing.services.charging import ClaimedCharge
from billing.services.checkout import close_row, end_at_provider
from core.failures import NotEligible
from core.scope import Scope, scoped

# A charge that could not be made by then is a failed try: the next one takes its turn.
MADE_WITHIN = timedelta(days=1)
OTHERWISE = "The order is paid in another way."


def send_charge(*, claimed: ClaimedCharge, now: datetime) -> Sent:
    """Charge the card, unless that was done before or is not wanted any more.

    Args:
        claimed: as it was claimed.
        now: the instant, UTC.

    Raises:
        Away: it is not known yet; asking again is safe.
    """
    charge, card = claimed.charge, claimed.charge.card
    if charge.tries > 1:
        # Somebody asked before us, and may have died before they noted the answer.
        found = _found(charge)
        if found is not None:
            return Sent(debited=found)
        if charge.at + MADE_WITHIN <= now:
            return Sent(failed="unreachable")
    if not claimed.wanted:
        return Sent(withdrawn=OTHERWISE)
    if not all(_ended(page) for page in claimed.pages):
        return Sent(withdrawn=OTHERWISE)
    cents = in_cents(charge.amount, charge.currency)
    assert cents is not None
    assert card.method_id is not None
    asked = Debit(
        reference=str(charge.pk),
        key=charge.key,
        number=charge.order.number,
        cents=cents,
        currency=charge.currency,
        customer=card.customer_id,
        method=card.method_id,
    )
    try:
        return Sent(debited=debit(asked))
    except Declined:
        return Sent(failed="refused")


def _found(charge: CardCharge) -> Debited | None:
    try:
        return find_debit(
            customer=charge.card.customer_id,
            reference=str(charge.pk),
            since=charge.at,
        )
    except Declined as unknown:
        # To look is all we may do before we charge again.
        raise Away(unknown.text) from unknown


def _ended(page: CardSession) -> bool:
    """End a page on which the order could be paid, too; False where it was."""
    try:
        end_at_provider(page=page)
    except NotEligible:
        return False
    with scoped(Scope.sweep()):
        close_row(page=page, state=CardSession.State.EXPIRED)
    return True
