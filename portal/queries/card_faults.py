"""Payments and refunds by card that somebody has to look into."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from billing.models import CardCharge, Payment, ProviderEvent, Refund
from billing.rules.retries import WRONG_AMOUNT
from core.words import money_words
from credentials.policy import zone_of
from portal.queries.money_acts import order_url
from portal.queries.trail import when_words

# Older ones stand on their orders alone.
SHOWN = timedelta(days=60)
MOST = 50


@dataclass(frozen=True)
class CardFault:
    """What went wrong with money by card, and what to do about it."""

    title: str
    text: str
    url: str


def card_faults(program: str, *, now: datetime) -> Sequence[CardFault]:
    """List what a body's staff have to see to: the newest first."""
    since = now - SHOWN
    return [
        *_events(program, since),
        *_charges(program, since),
        *_refunds(program, since),
    ]


def _events(program: str, since: datetime) -> list[CardFault]:
    stuck = Q(state=ProviderEvent.State.WAITING, tries__gt=0)
    found = (
        ProviderEvent.objects.filter(
            Q(state=ProviderEvent.State.REFUSED) | stuck,
            order__program=program,
            received_at__gte=since,
        )
        # What is told of a charge stands with the charge.
        .exclude(kind__startswith="payment_intent.", state=ProviderEvent.State.REFUSED)
        .select_related("order")
        .order_by("-received_at")[:MOST]
    )
    return [
        CardFault(
            title=f"Order {each.order.number}: a payment was not recorded",
            text=f"{when_words(each.received_at, zone_of(program))}. {each.reason} "
            f"Look at {each.facts.get('payment_intent') or each.event_id} at Stripe.",
            url=order_url(each.order),
        )
        for each in found
        if each.order is not None
    ]


def _charges(program: str, since: datetime) -> list[CardFault]:
    stuck = Q(state=CardCharge.State.UNKNOWN, tries__gt=2)
    found = (
        CardCharge.objects.filter(
            Q(code=WRONG_AMOUNT) | stuck, order__program=program, at__gte=since
        )
        .select_related("order")
        .order_by("-at")[:MOST]
    )
    return [
        CardFault(
            title=f"Order {each.order.number}: "
            + (
                "a payment was not recorded"
                if each.code == WRONG_AMOUNT
                else f"it is not known whether {each.card_text} paid"
            ),
            text=f"{when_words(each.at, zone_of(program))}. {each.reason} "
            + (
                f"Look at {each.intent_id} at Stripe."
                if each.code == WRONG_AMOUNT
                else "It is asked about again by itself."
            ),
            url=order_url(each.order),
        )
        for each in found
    ]


def _refunds(program: str, since: datetime) -> list[CardFault]:
    failed = Q(state=Refund.State.FAILED)
    stuck = Q(state=Refund.State.ASKED, tries__gt=2)
    found = (
        Refund.objects.filter(
            failed | stuck,
            method=Payment.Method.CARD,
            order__program=program,
            at__gte=since,
        )
        .select_related("order")
        .order_by("-at")[:MOST]
    )
    return [
        CardFault(
            title=f"Order {each.order.number}: "
            f"{money_words(each.amount, each.currency)} did not go back to its card",
            text=f"{when_words(each.at, zone_of(program))}. {each.error} "
            + (
                "Send it again or another way."
                if each.state == Refund.State.FAILED
                else "It is tried again by itself."
            ),
            url=order_url(each.order),
        )
        for each in found
    ]
