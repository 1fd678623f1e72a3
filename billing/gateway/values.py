"""What goes to the card provider and comes back, and names for what goes wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings

from core.failures import Refusal

API, CHECKOUT = "https://api.stripe.com", "https://checkout.stripe.com"


class CardProblem(Refusal):
    """The provider did not do what it was asked."""

    title: ClassVar[str] = "This can't be paid by card now"


class Away(CardProblem):
    """It can't be reached, has trouble of its own, or doesn't know our key.

    Asking again later, with the same key, is safe.
    """


class Declined(CardProblem):
    """It heard and refuses; asking the same again is no use."""


class Forged(Exception):  # noqa: N818  (what was sent is no event of theirs)
    """The signature is wrong or too old, or the body is no event."""


AWAY = (
    "Card payments can't be reached now. Nothing was charged. "
    "Try again later or pay another way."
)
BUSY = "Your payment is being prepared. Nothing was charged. Try again in a moment."
REFUSED = (
    "The card provider refused this. Nothing was charged. "
    "Pay another way, or write to us with the order's number."
)


@dataclass(frozen=True)
class Page:
    """What a page to pay on is made of.

    Args:
        reference: our row's id, which comes back in the events.
        key: one-use key; the same again gives the same page.
        number: the order's number, as the payer reads it.
        cents: what is to be paid, in hundredths.
        currency: its three letters.
        back: where who paid goes.
        away: where who gave up goes.
        until: when the page ends, half an hour to a day from now.
        email: the payer's address.
    """

    reference: str
    key: str
    number: str
    cents: int
    currency: str
    back: str
    away: str
    until: datetime
    email: str


@dataclass(frozen=True)
class Checkout:
    """A page to pay on, as the provider has it: open, complete or expired."""

    id: str
    url: str
    state: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Returned:
    """Money on its way back; `failed` says why it is not."""

    id: str
    failed: str = ""


@dataclass(frozen=True)
class SetUp:
    """What a page to store a card on is made of.

    Args:
        reference: our row's id, which comes back in the events.
        key: one-use key; the same again gives the same page.
        name: the practice, as the provider's customer.
        customer: the provider's id of the practice, where it has one already.
        back: where who stored one goes.
        away: where who gave up goes.
        until: when the page ends, half an hour to a day from now.
    """

    reference: str
    key: str
    name: str
    customer: str
    back: str
    away: str
    until: datetime


@dataclass(frozen=True)
class Method:
    """A card as the provider keeps it: its ids, and what people know it by."""

    id: str
    customer: str
    brand: str
    last_four: str
    month: int
    year: int


@dataclass(frozen=True)
class Stored:
    """A page to store a card on, and the card, where one was stored."""

    state: str
    method: Method | None


@dataclass(frozen=True)
class Debit:
    """What is to be taken from a stored card while nobody is there.

    Args:
        reference: our row's id, which the payment bears.
        key: one-use key.
        number: the order's number.
        cents: how much, in hundredths.
        currency: its three letters.
        customer: the provider's id of whose card it is.
        method: the provider's id of the card.
    """

    reference: str
    key: str
    number: str
    cents: int
    currency: str
    customer: str
    method: str


@dataclass(frozen=True)
class Debited:
    """What became of a charge: `paid`, or why not; neither while it is not known.

    `facts` are those of the payment, `at` is when the provider made it.
    """

    id: str
    paid: bool
    failed: str
    at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """An event: which, of what kind, from when, and the little of it that we keep."""

    id: str
    kind: str
    at: datetime
    facts: Mapping[str, Any]


def provider_origin() -> str:
    """Say where the provider's pages stand that people are sent to."""
    own = settings.STRIPE_API_BASE
    return CHECKOUT if own == API else str(own)


# What decides something. Names, addresses and anything of a card are left out.
KEPT = (
    *("id", "object", "client_reference_id", "payment_status", "status"),
    *("amount_total", "currency", "payment_intent", "failure_reason"),
    *("amount", "amount_received", "mode", "setup_intent"),
)


def facts_of(found: Mapping[str, Any]) -> dict[str, Any]:
    """Keep of a provider's object what decides something: texts and whole numbers.

    Of a payment that names a charge of ours, also which, and why it failed.
    """
    facts = {name: found.get(name) for name in KEPT}
    facts["charge"] = _inside(found, "metadata").get("charge")
    problem = _inside(found, "last_payment_error")
    facts["problem"] = problem.get("decline_code") or problem.get("code")
    return {
        name: value[:255] if isinstance(value, str) else value
        for name, value in facts.items()
        if isinstance(value, int) or (isinstance(value, str) and value.isprintable())
    }


def _inside(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = found.get(name)
    return inner if isinstance(inner, Mapping) else {}
