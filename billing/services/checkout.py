"""Sending somebody to the provider's page: one open page an order, whoever clicks.

Three steps, because the provider is asked in between and no lock is held meanwhile:
`claim_page` makes the row, `ask_for_page` asks with the row's key, `keep_page` notes
the answer. A click that dies between two of them is made good by the next one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from billing.gateway import Checkout, Declined, Page, close_page, open_page
from billing.models import CardCharge, CardSession, Order, Payment
from billing.rules import in_cents
from billing.services.locking import lock
from core.actor import Actor
from core.audit import record
from core.failures import NotEligible
from core.words import money_words

State = CardSession.State
# How long a page stands; the provider takes half an hour at least, a day at most.
STANDS = timedelta(hours=2)
# A page that ends so soon is no use to whoever clicks now.
ENDING = timedelta(minutes=5)
# One that nobody got to see by then can't be asked for any more: too little is left.
ASKING = timedelta(hours=1)
ON_ITS_WAY = (
    "A payment by card for this order is on its way. Nothing more was charged. "
    "Look at the order again in a minute."
)
CHARGING = (
    "Your stored card is being charged for this order. Nothing more was charged. "
    "Look at the order again in a minute."
)


@dataclass(frozen=True)
class Claimed:
    """The order's open page; one for another amount has to be closed first."""

    page: CardSession
    outdated: bool


def takes_cards(order: Order) -> bool:
    """Say whether the rest of an order can be paid by card."""
    return (
        settings.CARDS
        and order.state == Order.State.AWAITING
        and in_cents(order.rest, order.currency) is not None
    )


@transaction.atomic
def claim_page(*, actor: Actor, order: Order, now: datetime) -> Claimed:
    """Find the order's open page, or make the row of one for what is left to pay.

    Raises:
        NotEligible: the order awaits nothing, a payment waits for a second person, or
            no card is taken here.
    """
    order = lock(order)
    _check(order)
    found = order.card_sessions.filter(state=State.OPEN).first()
    if found is not None and _is_over(found, now):
        found.state = State.EXPIRED
        found.save(update_fields=["state"])
        found = None
    if found is None:
        found = _made(actor, order, now)
    return Claimed(found, outdated=found.amount != order.rest)


def _check(order: Order) -> None:
    if order.state != Order.State.AWAITING:
        words = order.get_state_display().lower()
        raise NotEligible(
            f"Order {order.number} is {words}: nothing is to be paid. "
            "Nothing was charged."
        )
    if order.payments.filter(state=Payment.State.TO_CONFIRM).exists():
        raise NotEligible(
            "A payment for this order is being confirmed. Nothing was charged. "
            "Wait until it is, then pay what is left."
        )
    if order.charges.filter(state__in=CardCharge.OPEN).exists():
        raise NotEligible(CHARGING)
    if not takes_cards(order):
        raise NotEligible(
            f"Order {order.number} can't be paid by card. Nothing was charged. "
            "Pay by cheque, transfer or phone."
        )


def _is_over(page: CardSession, now: datetime) -> bool:
    if page.expires_at <= now + ENDING:
        return True
    return not page.url and page.created_at <= now - ASKING


def _made(actor: Actor, order: Order, now: datetime) -> CardSession:
    number = uuid4()
    try:
        with transaction.atomic():
            page = CardSession.objects.create(
                pk=number,
                order=order,
                state=State.OPEN,
                amount=order.rest,
                currency=order.currency,
                key=f"page:{number}",
                by=actor.label,
                created_at=now,
                expires_at=now + STANDS,
            )
    except IntegrityError:
        # Somebody else's click was first.
        return order.card_sessions.get(state=State.OPEN)
    record(
        actor=actor,
        action="payment.card_begun",
        subject=order,
        practice_id=order.practice_id,
        member_id=order.member_id,
        program=order.program,
        sentence=f"Began to pay {money_words(order.rest, order.currency)} by card for "
        f"order {order.number}",
        now=now,
    )
    return page


def ask_for_page(*, page: CardSession, back: str, away: str) -> Checkout:
    """Ask the provider for a claimed page; no transaction is open.

    Args:
        page: as it was claimed.
        back: where who paid goes.
        away: where who gave up goes.

    Raises:
        CardProblem: it could not be made now, or at all.
    """
    cents = in_cents(page.amount, page.currency)
    assert cents is not None
    return open_page(
        Page(
            reference=str(page.pk),
            key=page.key,
            number=page.order.number,
            cents=cents,
            currency=page.currency,
            back=back,
            away=away,
            until=page.expires_at,
            email=page.order.told,
        )
    )


@transaction.atomic
def keep_page(*, page: CardSession, checkout: Checkout) -> CardSession:
    """Note the page that the provider made; the first answer stays.

    Raises:
        NotEligible: it is paid or over meanwhile.
    """
    found = CardSession.objects.select_for_update().get(pk=page.pk)
    if found.session_id is None:
        found.session_id, found.url = checkout.id, checkout.url
        found.save(update_fields=["session_id", "url"])
    if found.state == State.PAID or checkout.state == "complete":
        raise NotEligible(ON_ITS_WAY)
    if found.state != State.OPEN:
        raise NotEligible(
            "The page for your card has ended. Nothing was charged. Try again."
        )
    return found


def end_at_provider(*, page: CardSession) -> None:
    """End a page at the provider, so nobody pays on it; no transaction is open.

    Raises:
        NotEligible: it is paid already.
        Away: the provider can't be reached.
    """
    if page.session_id is None:
        # Nobody was ever sent there.
        return
    try:
        close_page(page.session_id)
    except Declined as refused:
        raise NotEligible(ON_ITS_WAY) from refused


@transaction.atomic
def close_row(*, page: CardSession, state: CardSession.State) -> None:
    """Note that a page has ended; one that was paid stays paid."""
    CardSession.objects.filter(pk=page.pk, state=State.OPEN).update(state=state)
