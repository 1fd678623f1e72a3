"""Asking the card provider for cards that are stored, and charging them.

As in `calls`: values go in and come out, and every call names a key of our row's.
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import stripe

from billing.gateway.calls import asking, checkout_of, client
from billing.gateway.values import (
    REFUSED,
    Checkout,
    Debit,
    Debited,
    Declined,
    Method,
    SetUp,
    Stored,
    facts_of,
)

if TYPE_CHECKING:
    from stripe.params import PaymentIntentCreateParams
    from stripe.params.checkout import SessionCreateParams

# What the provider's clock and ours may differ by.
SKEW = timedelta(hours=1)
# A payment that is neither made nor refused: it is asked about again.
UNDECIDED = frozenset({"processing", "requires_capture"})


def open_setup(asked: SetUp) -> tuple[Checkout, str]:
    """Have a page made to store a card on; give the page and the customer's id.

    Raises:
        Away: not now.
        Declined: not at all.
    """
    with asking("open setup"):
        far = client()
        customer = asked.customer
        if not customer:
            made = far.v1.customers.create(
                {"name": asked.name, "metadata": {"practice": asked.reference}},
                {"idempotency_key": f"{asked.key}:customer"},
            )
            customer = made.id
        params: SessionCreateParams = {
            "mode": "setup",
            "allowed_payment_method_types": ["card"],
            "client_reference_id": asked.reference,
            "customer": customer,
            "expires_at": int(asked.until.timestamp()),
            "success_url": asked.back,
            "cancel_url": asked.away,
        }
        page = far.v1.checkout.sessions.create(params, {"idempotency_key": asked.key})
        return checkout_of(page), customer


def look_at_setup(session_id: str) -> Stored:
    """Ask how far a page to store a card on is, and for the card.

    Raises:
        Away: not now.
        Declined: there is no such page.
    """
    with asking("look at setup"):
        found = client().v1.checkout.sessions.retrieve(
            session_id, {"expand": ["setup_intent.payment_method"]}
        )
        return Stored(found.status or "", _method(found.to_dict()))


def forget_method(method_id: str) -> None:
    """Have the provider forget a card; one it no longer knows is forgotten.

    Raises:
        Away: not now.
        Declined: the provider doesn't know the card.
    """
    with asking("detach"):
        client().v1.payment_methods.detach(method_id)


def find_debit(*, customer: str, reference: str, since: datetime) -> Debited | None:
    """Find the payment that bears our charge's id, None where none was begun.

    Raises:
        Away: not now.
        Declined: the provider doesn't know the customer.
    """
    with asking("find charge"):
        asked = int((since - SKEW).timestamp())
        made = client().v1.payment_intents.list(
            {"customer": customer, "created": {"gte": asked}, "limit": 100}
        )
        for each in made.auto_paging_iter():
            if each.to_dict().get("metadata", {}).get("charge") == reference:
                return _debited(each)
        return None


def debit(asked: Debit) -> Debited:
    """Charge a stored card while nobody is there; a card that is refused is an answer.

    Raises:
        Away: not now, or not known: the payment may have been made.
        Declined: the provider knows no such card; nothing was charged.
    """
    params: PaymentIntentCreateParams = {
        "amount": asked.cents,
        "currency": asked.currency.lower(),
        "customer": asked.customer,
        "payment_method": asked.method,
        "allowed_payment_method_types": ["card"],
        "off_session": True,
        "confirm": True,
        "description": f"Order {asked.number}",
        "metadata": {"order": asked.number, "charge": asked.reference},
    }
    with asking("charge"):
        try:
            made = client().v1.payment_intents.create(
                params, {"idempotency_key": asked.key}
            )
        except stripe.CardError as refused:
            intent = refused.error.payment_intent if refused.error else None
            if intent is None:
                raise
            return _debited(intent)
        return _debited(made)


def _debited(found: stripe.PaymentIntent) -> Debited:
    facts = facts_of(found.to_dict())
    paid = found.status == "succeeded"
    failed = ""
    if not paid and found.status not in UNDECIDED:
        # Who is asked to confirm is not there: that is a refusal, too.
        asks = found.status == "requires_action"
        code = "authentication_required" if asks else "card_declined"
        failed = str(facts.get("problem") or code)
    return Debited(
        found.id, paid, failed, datetime.fromtimestamp(found.created, UTC), facts
    )


def _method(found: dict[str, Any]) -> Method | None:
    """Read the card that a page stored; None while there is none.

    Raises:
        Declined: what was stored is not a card.
    """
    intent = found.get("setup_intent")
    if not isinstance(intent, dict) or intent.get("status") != "succeeded":
        return None
    method = intent.get("payment_method")
    if not isinstance(method, dict):
        return None
    card = method.get("card")
    if not isinstance(card, dict):
        raise Declined(REFUSED)
    return Method(
        id=str(method["id"]),
        customer=str(found.get("customer") or ""),
        brand=str(card.get("display_brand") or card.get("brand") or "card"),
        last_four=str(card["last4"]),
        month=int(card["exp_month"]),
        year=int(card["exp_year"]),
    )
