"""Asks the card provider and applies what it told, outside any request."""

from collections.abc import Callable
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from celery import shared_task
from django.conf import settings
from django.utils.module_loading import import_string

from billing.gateway import Away, Declined
from billing.services import (
    card_events,
    card_looking,
    card_refunds,
    charge_sending,
    charge_settling,
    charging,
    stored_cards,
)
from core.clock import now, today
from core.scope import Scope, scoped

logger = structlog.get_logger(__name__)


@shared_task(name="billing.tasks.apply_event")
def apply_event(event_id: str) -> None:
    """Apply one event, if it still waits."""
    zone_of: Callable[[str], ZoneInfo] = import_string(settings.PROGRAM_ZONE)
    try:
        with scoped(Scope.sweep()):
            card_events.apply_event(
                event_id=UUID(event_id), day_in=zone_of, today_in=today, now=now()
            )
    # Whatever stands in the way, the money is there: it is tried until it is written.
    except Exception as error:
        logger.exception("card event not applied", row=event_id)
        with scoped(Scope.sweep()):
            card_events.put_off(event_id=UUID(event_id), error=error, now=now())


@shared_task(name="billing.tasks.send_refund")
def send_refund(refund_id: str) -> None:
    """Send one refund back to its card, if it is due."""
    with scoped(Scope.sweep()):
        refund = card_refunds.claim_refund(refund_id=UUID(refund_id), now=now())
    if refund is None:
        return
    # No transaction is open while the provider is asked.
    try:
        returned = card_refunds.send_refund(refund=refund)
    except Away as away:
        with scoped(Scope.sweep()):
            card_refunds.put_refund_off(refund=refund, error=away.text, now=now())
    except Declined as declined:
        said = str(declined.__cause__ or declined.text)
        with scoped(Scope.sweep()):
            card_refunds.fail_refund(refund=refund, error=said, now=now())
    else:
        with scoped(Scope.sweep()):
            card_refunds.settle_refund(refund=refund, returned=returned, now=now())


@shared_task(name="billing.tasks.look_at_page")
def look_at_page(page_id: str) -> None:
    """Ask the provider about one page that nothing was heard of."""
    with scoped(Scope.sweep()):
        page = card_looking.claim_look(page_id=UUID(page_id), now=now())
    if page is None:
        return
    try:
        found = card_looking.look(page=page)
    except (Away, Declined):
        # The log has it; the page is asked about again.
        return
    with scoped(Scope.sweep()):
        card_looking.note_look(page=page, found=found, now=now())


@shared_task(name="billing.tasks.charge_card")
def charge_card(charge_id: str) -> None:
    """Charge a stored card, if that is due, and note what came of it."""
    zone_of: Callable[[str], ZoneInfo] = import_string(settings.PROGRAM_ZONE)
    with scoped(Scope.sweep()):
        claimed = charging.claim_charge(charge_id=UUID(charge_id), now=now())
    if claimed is None:
        return
    charge = claimed.charge
    try:
        sent = charge_sending.send_charge(claimed=claimed, now=now())
    except Away:
        with scoped(Scope.sweep()):
            charge_settling.put_charge_off(charge=charge, now=now())
        return
    zone = zone_of(charge.order.program)
    with scoped(Scope.sweep()):
        charge_settling.note_sent(
            charge=charge, sent=sent, zone=zone, today=today(zone), now=now()
        )


@shared_task(name="billing.tasks.see_to_card")
def see_to_card(card_id: str) -> None:
    """Ask what was stored on a page, or have a card that was removed forgotten."""
    with scoped(Scope.sweep()):
        card = stored_cards.claim_card(card_id=UUID(card_id), now=now())
    if card is None:
        return
    try:
        found = stored_cards.ask_about(card=card)
    except Away:
        with scoped(Scope.sweep()):
            stored_cards.put_card_off(card=card, now=now())
    except Declined:
        with scoped(Scope.sweep()):
            stored_cards.let_card_go(card=card)
    else:
        with scoped(Scope.sweep()):
            stored_cards.note_answer(card=card, found=found, now=now())


@shared_task(name="billing.tasks.sweep")
def sweep() -> None:
    """Do what waits: what a lost bell, a lost event or a killed worker left."""
    if not settings.CARDS:
        return
    with scoped(Scope.sweep()):
        events = card_events.due_events(now=now())
        refunds = card_refunds.due_refunds(now=now())
        pages = card_looking.pages_to_look_at(now=now())
        charges = charging.due_charges(now=now())
        cards = stored_cards.due_cards(now=now())
    for each in events:
        apply_event.delay(str(each))
    for each in refunds:
        send_refund.delay(str(each))
    for each in pages:
        look_at_page.delay(str(each))
    for each in charges:
        charge_card.delay(str(each))
    for each in cards:
        see_to_card.delay(str(each))
