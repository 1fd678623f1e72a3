"""Price lists by day, and what is known of an order and its payer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Sum

from accounts.models import Member, Practice
from billing.models import (
    CardCharge,
    CreditBalance,
    Order,
    Payment,
    Price,
    PriceList,
    StoredCard,
)
from billing.rules import Audience, Break, Offer


@dataclass(frozen=True)
class Catalogue:
    """What a body sells on a day: its list, and each offer by code."""

    price_list: PriceList
    offers: Mapping[str, Offer]


def catalogue_on(program: str, day: date) -> Catalogue | None:
    """Give the list that is in force on a day of the body's zone, None before any."""
    lists = PriceList.objects.filter(program=program, effective_on__lte=day)
    found = lists.order_by("-effective_on").first()
    return catalogue_of(found) if found else None


def catalogue_of(price_list: PriceList) -> Catalogue:
    """Read a list's offers, in its order."""
    rows: dict[str, list[Price]] = {}
    for row in Price.objects.filter(price_list=price_list):
        rows.setdefault(row.code, []).append(row)
    return Catalogue(price_list, {code: _offer(each) for code, each in rows.items()})


def _offer(rows: Sequence[Price]) -> Offer:
    breaks: dict[Audience, list[Break]] = {}
    for row in rows:
        found = breaks.setdefault(Audience(row.audience), [])
        found.append(Break(row.start, row.unit))
    first = rows[0]
    return Offer(
        code=first.code,
        label=first.label,
        noun=first.noun,
        nouns=first.nouns,
        grants=tuple(first.grants),
        is_fee=first.is_fee,
        breaks={audience: tuple(each) for audience, each in breaks.items()},
        rule=first.rule,
        note=first.note,
    )


def credit_of(payer: Practice | Member, program: str, currency: str) -> Decimal:
    """Say how much of what a payer paid too much is left."""
    found = CreditBalance.objects.filter(
        **payer_fields(payer), program=program, currency=currency
    ).first()
    return found.amount if found else Decimal("0.00")


def stored_card_of(practice: Practice) -> StoredCard | None:
    """Find the card that a practice's auto-renewals are charged to."""
    return StoredCard.objects.of(practice).active().first()


def settled_alone(order: Order, *, user_id: UUID | None, label: str) -> Decimal:
    """Sum up what somebody settled of an order with nobody else's word for it.

    What a card's provider took and the payer's own credit is not theirs; what another
    confirmed isn't either.

    Args:
        order: the order.
        user_id: who recorded it; None for what is no person.
        label: their name, which tells apart what is no person.
    """
    theirs = {"by_user": user_id} if user_id else {"by_user": None, "by": label}
    rows = order.payments.filter(
        **theirs, state=Payment.State.SETTLED, decided_by=""
    ).exclude(method__in=(Payment.Method.CARD, Payment.Method.CREDIT))
    found: Decimal | None = rows.aggregate(alone=Sum("amount"))["alone"]
    return found or Decimal("0.00")


def money_counts_on(order: Order) -> date | None:
    """Give the day that what is paid of an order counts: the last of its parts' (N5).

    Parts come in any order: an old cheque that comes last makes nothing earlier. None
    where nothing is paid.
    """
    parts = order.payments.filter(state=Payment.State.SETTLED)
    parts = parts.exclude(over=F("amount"))
    found: date | None = parts.aggregate(last=Max("counts_on"))["last"]
    return found


def why_not_cancelled(order: Order) -> str:
    """Say why an order can't be cancelled now; empty where it can."""
    if order.state != Order.State.AWAITING:
        return f"Order {order.number} is paid. Refund it instead."
    if order.payments.filter(state=Payment.State.TO_CONFIRM).exists():
        return "A payment waits for a second person. Confirm or refuse it first."
    if order.charges.filter(state__in=CardCharge.OPEN).exists():
        return (
            "The stored card is being charged for this order. "
            "Look at the order again in a minute."
        )
    return ""


def payer_of(order: Order) -> Practice | Member:
    """Say who pays an order."""
    payer = order.practice or order.member
    assert payer is not None
    return payer


def payer_fields(payer: Practice | Member) -> dict[str, Any]:
    """Name a payer in the two columns that rows about money have for one."""
    practice = payer if isinstance(payer, Practice) else None
    return {"practice": practice, "member": None if practice else payer}
