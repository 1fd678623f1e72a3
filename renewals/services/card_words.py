"""Mail about renewals that a stored card was to pay for: one for each failed try."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from accounts.queries import named_administration
from billing.models import CardCharge, Order
from core.outbox import tell
from core.words import day_words, money_words
from credentials.models import Window
from renewals.models import CardRound

# More names than that make no letter clearer.
MOST_NAMES = 25


def tell_failed(
    found: CardRound,
    charge: CardCharge,
    waiting: Sequence[Window],
    next_on: date,
    *,
    now: datetime,
) -> None:
    """Queue the mail that the card did not pay, for whom, and when we try again."""
    order = charge.order
    _tell(
        "card_failed",
        found,
        charge.pk,
        {
            "number": order.number,
            "amount_text": money_words(charge.amount, charge.currency),
            "card": charge.card_text,
            "reason": charge.reason,
            "next_text": day_words(next_on),
            "items": _names(waiting),
            "count": len(waiting),
            "card_url": _url("stored_card", found),
            "url": _url("order", found, order_id=order.pk),
        },
        now,
    )


def tell_given_up(
    found: CardRound,
    windows: Sequence[Window],
    reason: str,
    *,
    now: datetime,
) -> None:
    """Queue the mail that the card is tried no more and the renewals are manual now."""
    _tell(
        "card_given_up",
        found,
        found.pk,
        {
            "number": found.order.number if found.order else "",
            "credit_text": _credit_words(found.order),
            "reason": reason,
            "items": _names(windows),
            "count": len(windows),
            "card_url": _url("stored_card", found),
            "url": _url("assignments", found),
        },
        now,
    )


def _credit_words(order: Order | None) -> str:
    """Say how much of a cancelled order was paid; nothing where nothing was."""
    if order is None or not order.settled:
        return ""
    return money_words(order.settled, order.currency)


def _names(windows: Sequence[Window]) -> list[str]:
    names = [
        f"{each.member.name}: renewal date {day_words(each.renewal_on)}"
        for each in windows[:MOST_NAMES]
    ]
    more = len(windows) - len(names)
    return [*names, f"and {more} more"] if more else names


def _url(name: str, found: CardRound, **more: UUID) -> str:
    place = {"practice": found.practice.slug, **more}
    return settings.BASE_URL + reverse(name, kwargs=place)


def _tell(
    kind: str,
    found: CardRound,
    subject_id: UUID,
    payload: dict[str, object],
    now: datetime,
) -> None:
    held = named_administration(found.practice)
    if held is None:
        return
    named = {"practice": found.practice.name, "name": held.user.name}
    tell(
        kind=kind,
        subject_id=subject_id,
        recipient=held.user.email,
        payload=named | payload,
        practice_id=found.practice_id,
        program=found.program,
        now=now,
    )
