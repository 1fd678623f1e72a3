"""Sending back to its card what was refunded by card, after that was committed.

A refund is claimed for a while, then the provider is asked with a key made from the
row. Whoever dies in between is followed by another, who asks with the same key.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, Sum

from billing.gateway import Returned, give_back
from billing.models import Order, Payment, Refund
from billing.rules import in_cents
from billing.services.fulfilling import step
from billing.services.locking import lock
from billing.services.noting import note
from core.actor import Actor
from core.failures import FieldProblem, NotUsable
from core.words import money_words

State = Refund.State
PROVIDER = Actor.system("card provider")
# Longer than a call to the provider may take.
LEASE = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)


def card_for(order: Order, amount: Decimal) -> Payment:
    """Find the payment whose card gets a refund: one with enough left.

    Raises:
        NotUsable: none has, or no card is taken here any more.
    """
    if not settings.CARDS:
        text = "No card provider is set up. Choose another way for the money to go."
        raise NotUsable(text, [FieldProblem("method", text)])
    left = cards_of(order)
    for rest, payment in left:
        if rest >= amount:
            return payment
    most = max((rest for rest, _ in left), default=Decimal(0))
    text = (
        f"At most {money_words(most, order.currency)} can go back to one card. "
        "Give less back, or choose another way for the money to go."
        if most
        else "Nothing was paid by card. Choose another way for the money to go."
    )
    raise NotUsable(text, [FieldProblem("method", text)])


def cards_of(order: Order) -> list[tuple[Decimal, Payment]]:
    """List the payments of an order by card, with how much can go back to each."""
    by_card = order.payments.filter(
        method=Payment.Method.CARD,
        state=Payment.State.SETTLED,
        key__startswith="stripe:",
    )
    return [(left_on_card(each), each) for each in by_card]


def left_on_card(payment: Payment) -> Decimal:
    """Say how much of a payment by card has not gone back to it."""
    refunds = payment.refunds.exclude(state=State.FAILED).filter(sent_by="")
    found: Decimal | None = refunds.aggregate(sent=Sum("amount"))["sent"]
    return payment.amount - payment.over - (found or Decimal(0))


def due_refunds(*, now: datetime) -> list[UUID]:
    """Name the refunds by card whose money has yet to leave, the oldest first."""
    if not settings.CARDS:
        return []
    asked = Refund.objects.filter(
        Q(due_at=None) | Q(due_at__lte=now),
        method=Payment.Method.CARD,
        state=State.ASKED,
        payment__isnull=False,
    )
    return list(asked.order_by("at").values_list("pk", flat=True)[:200])


@transaction.atomic
def claim_refund(*, refund_id: UUID, now: datetime) -> Refund | None:
    """Take a refund that is due for a while; None where somebody else has it."""
    due = Refund.objects.filter(Q(due_at=None) | Q(due_at__lte=now), pk=refund_id)
    waits = due.filter(method=Payment.Method.CARD, state=State.ASKED)
    if not waits.update(due_at=now + LEASE, tries=F("tries") + 1):
        return None
    return Refund.objects.select_related("payment").get(pk=refund_id)


def send_refund(*, refund: Refund) -> Returned:
    """Ask the provider to send a claimed refund; no transaction is open.

    Raises:
        Away: not now.
        Declined: not at all.
    """
    cents = in_cents(refund.amount, refund.currency)
    # What is too little for the provider is asked all the same: it says so.
    cents = int(refund.amount * 100) if cents is None else cents
    assert refund.payment is not None
    return give_back(
        payment=refund.payment.reference,
        cents=cents,
        reference=str(refund.pk),
        key=f"refund:{refund.pk}:{refund.resent}"
        if refund.resent
        else f"refund:{refund.pk}",
        attempt=refund.resent,
    )


@transaction.atomic
def settle_refund(*, refund: Refund, returned: Returned, now: datetime) -> None:
    """Note that the money has left, or why it can't."""
    if returned.failed:
        fail_refund(refund=refund, error=returned.failed, now=now)
        return
    order = lock(refund.order)
    asked = Refund.objects.filter(pk=refund.pk, state=State.ASKED)
    if asked.update(state=State.DONE, reference=returned.id[:80], error=""):
        amount = money_words(refund.amount, refund.currency)
        step(order, f"{amount} sent back to the card", PROVIDER, now)
        note(PROVIDER, refund, "refund.sent", f"Sent {amount} back to the card", now)


@transaction.atomic
def fail_refund(*, refund: Refund, error: str, now: datetime) -> None:
    """Note that the money can't go back to its card; staff have to send it."""
    _fail(refund, frozenset((State.ASKED,)), error, now)


@transaction.atomic
def note_failed_later(*, refund: Refund, error: str, now: datetime) -> None:
    """Note that money which had left came back from its card."""
    _fail(refund, frozenset((State.ASKED, State.DONE)), error, now)


def _fail(
    refund: Refund, states: frozenset[Refund.State], error: str, now: datetime
) -> None:
    order = lock(refund.order)
    found = Refund.objects.filter(pk=refund.pk, state__in=states)
    if not found.update(state=State.FAILED, error=error[:400]):
        return
    amount = money_words(refund.amount, refund.currency)
    step(order, f"{amount} could not go back to the card: {error}", PROVIDER, now)
    said = f"Could not send {amount} back to the card"
    note(PROVIDER, refund, "refund.failed", said, now)


@transaction.atomic
def put_refund_off(*, refund: Refund, error: str, now: datetime) -> None:
    """Ask again later, twice as long each time."""
    pause = min(FIRST_PAUSE * 2 ** min(refund.tries - 1, 10), LONGEST_PAUSE)
    asked = Refund.objects.filter(pk=refund.pk, state=State.ASKED)
    asked.update(due_at=now + pause, error=error[:400])
