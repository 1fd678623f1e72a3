"""Asking the provider about pages nothing was heard of: a lost event loses no money."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from billing.gateway import Checkout, Declined, Told, close_page, look_at_page
from billing.models import CardSession, Order
from billing.services.card_events import keep_event

State = CardSession.State
# How long the provider's own event may take, and how often we ask then.
QUIET, AGAIN = timedelta(minutes=10), timedelta(minutes=30)


def pages_to_look_at(*, now: datetime) -> list[UUID]:
    """Name the open pages to ask about: those long quiet, and those of orders over."""
    unasked = Q(looked_at=None) | Q(looked_at__lte=now - AGAIN)
    quiet = Q(created_at__lte=now - QUIET)
    over = ~Q(order__state=Order.State.AWAITING)
    found = CardSession.objects.filter(unasked, quiet | over, state=State.OPEN)
    return list(found.order_by("created_at").values_list("pk", flat=True)[:200])


@transaction.atomic
def claim_look(*, page_id: UUID, now: datetime) -> CardSession | None:
    """Take a page to look at; None where it is no longer open or just looked at."""
    free = Q(looked_at=None) | Q(looked_at__lte=now - AGAIN)
    waits = CardSession.objects.filter(free, pk=page_id, state=State.OPEN)
    if not waits.update(looked_at=now):
        return None
    return CardSession.objects.select_related("order").get(pk=page_id)


def look(*, page: CardSession) -> Checkout | None:
    """Ask how far a page is, and end it where its order awaits nothing any more.

    No transaction is open.

    Raises:
        Away: not now.
        Declined: the provider knows no such page.
    """
    if page.session_id is None:
        return None
    found = look_at_page(page.session_id)
    if found.state == "open" and page.order.state != Order.State.AWAITING:
        # Refused where it is paid in this very moment.
        with suppress(Declined):
            close_page(page.session_id)
        found = look_at_page(page.session_id)
    return found


@transaction.atomic
def note_look(*, page: CardSession, found: Checkout | None, now: datetime) -> None:
    """Note what the provider said, as if it had told us by itself."""
    if found is None:
        # Nobody was ever sent there; what is too old to be asked for has ended.
        if page.expires_at <= now:
            _end(page)
    elif found.state == "complete":
        kind = "checkout.session.completed"
        keep_event(told=Told(f"asked:{found.id}", kind, now, found.facts), now=now)
    elif found.state == "expired":
        _end(page)


def _end(page: CardSession) -> None:
    opened = CardSession.objects.filter(pk=page.pk, state=State.OPEN)
    opened.update(state=State.EXPIRED)
