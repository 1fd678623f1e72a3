"""Writing the journal and the payer's credit, inside whoever's transaction it is."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F

from billing.models import CreditBalance, JournalRow, Order
from billing.queries import payer_fields
from billing.rules import Account, Move
from core.failures import NotEligible


def book(
    order: Order,
    moves: Sequence[Move],
    *,
    key: str,
    text: str,
    on: date,
    now: datetime,
) -> None:
    """Append an order's moves, and carry what changes its payer's credit.

    Args:
        order: what the money is for.
        moves: what moves where.
        key: names what is booked; the database takes each once.
        text: what it is, as the journal's reader reads it.
        on: the day it belongs to, in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: more credit would be used than there is.
    """
    for place, move in enumerate(moves):
        JournalRow.objects.create(
            program=order.program,
            practice=order.practice,
            member=order.member,
            order=order,
            on=on,
            debit=move.debit,
            credit=move.credit,
            amount=move.amount,
            currency=order.currency,
            text=text,
            key=f"{key}:{place}",
            at=now,
        )
        _carry(order, move)


def _carry(order: Order, move: Move) -> None:
    change = Decimal(0)
    if move.credit is Account.CREDIT:
        change = move.amount
    elif move.debit is Account.CREDIT:
        change = -move.amount
    if not change:
        return
    payer = order.practice or order.member
    assert payer is not None
    balance, _ = CreditBalance.objects.get_or_create(
        **payer_fields(payer), program=order.program, currency=order.currency
    )
    # One conditional statement: no two at once use the same credit.
    carried = CreditBalance.objects.filter(pk=balance.pk, amount__gte=-change).update(
        amount=F("amount") + change
    )
    if not carried:
        raise NotEligible("The credit was used meanwhile. Nothing was paid.")
