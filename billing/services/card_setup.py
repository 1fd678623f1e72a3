"""Storing a practice's card for auto-renewal, on the provider's page.

As in `checkout` the row comes first, the call with its key next, outside any
transaction, the answer last; a click that dies in between is made good by the next one.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import Practice
from billing.gateway import Checkout, SetUp, open_setup
from billing.models import StoredCard
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable

State = StoredCard.State
# How long a page stands, and when it is no use any more, as in `checkout`.
STANDS, ENDING, ASKING = timedelta(hours=2), timedelta(minutes=5), timedelta(hours=1)
# How long the provider's own event may take.
QUIET = timedelta(minutes=10)
CONSENT = (
    "I agree that this card is stored with Stripe, the card provider, and charged on "
    "the renewal date of people on auto-renewal when no renewal is left to assign: for "
    "as many renewals as are missing, at the price of that day. A declined charge is "
    "tried again on the days that the price list names. I can remove the card at any "
    "time."
)


@transaction.atomic
def claim_setup(
    *, actor: Actor, practice: Practice, agreed: bool, now: datetime
) -> StoredCard:
    """Find the practice's open page to store a card on, or make the row of one.

    Args:
        actor: who stores the card, and agrees to what that means.
        practice: whose card it is.
        agreed: whether they agreed to `CONSENT`.
        now: the instant, UTC.

    Raises:
        NotUsable: they did not agree.
        NotEligible: no card is taken here.
    """
    if not settings.CARDS:
        raise NotEligible("Cards can't be stored here. Nothing was changed.")
    if not agreed:
        text = "Check the box to agree, or keep renewals as they are."
        raise NotUsable(text, [FieldProblem("agreed", text)])
    open_ = StoredCard.objects.of(practice).filter(state=State.SETTING_UP)
    found = open_.select_for_update().first()
    if found is not None and _is_over(found, now):
        found.state, found.due_at = State.ENDED, None
        found.save(update_fields=["state", "due_at"])
        found = None
    return found or _made(actor, practice, now)


def _is_over(card: StoredCard, now: datetime) -> bool:
    if card.page_ends_at <= now + ENDING:
        return True
    return not card.url and card.consented_at <= now - ASKING


def _made(actor: Actor, practice: Practice, now: datetime) -> StoredCard:
    number = uuid4()
    before = StoredCard.objects.of(practice).exclude(customer_id="")
    customer = before.order_by("-consented_at").first()
    try:
        with transaction.atomic():
            card = StoredCard.objects.create(
                pk=number,
                practice=practice,
                state=State.SETTING_UP,
                key=f"setup:{number}",
                consent=CONSENT,
                by=actor.label,
                by_user_id=actor.user_id,
                consented_at=now,
                page_ends_at=now + STANDS,
                customer_id=customer.customer_id if customer else "",
                due_at=now + QUIET,
            )
    except IntegrityError:
        # Somebody else's click was first.
        return StoredCard.objects.of(practice).get(state=State.SETTING_UP)
    record(
        actor=actor,
        action="card.setup_begun",
        subject=card,
        practice_id=practice.pk,
        sentence="Agreed to store a card for auto-renewal",
        now=now,
    )
    return card


def ask_for_setup(
    *, card: StoredCard, name: str, back: str, away: str
) -> tuple[Checkout, str]:
    """Ask the provider for a claimed page; no transaction is open.

    Args:
        card: as it was claimed.
        name: the practice's, as the provider's customer.
        back: where who stored one goes.
        away: where who gave up goes.

    Raises:
        CardProblem: it could not be made now, or at all.
    """
    return open_setup(
        SetUp(
            reference=str(card.pk),
            key=card.key,
            name=name,
            customer=card.customer_id,
            back=back,
            away=away,
            until=card.page_ends_at,
        )
    )


@transaction.atomic
def keep_setup(*, card: StoredCard, checkout: Checkout, customer: str) -> StoredCard:
    """Note the page that the provider made; the first answer stays.

    Raises:
        NotEligible: a card was stored there, or the page is over meanwhile.
    """
    found = StoredCard.objects.select_for_update().get(pk=card.pk)
    if found.session_id is None:
        found.session_id, found.url = checkout.id, checkout.url
        found.customer_id = customer
        found.save(update_fields=["session_id", "url", "customer_id"])
    if found.state != State.SETTING_UP or not checkout.url:
        raise NotEligible(
            "This page for your card is used or has ended. Look at the card's page: "
            "if no card is stored, begin again."
        )
    return found
