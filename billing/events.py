"""What happened here that others react to (`config/reactions.py`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from billing.models import CardCharge, Order, OrderLine, Refund
from core.actor import Actor


@dataclass(frozen=True)
class OrderPaid:
    """An order is paid in full: whoever holds what was bought writes it down, now."""

    order: Order
    lines: Sequence[OrderLine]
    actor: Actor
    today: date
    now: datetime


@dataclass(frozen=True)
class MoneySettled:
    """Money is settled of a locked order that still awaits its payment.

    Whoever holds what was bought may say that less is owed, by replacing the order.
    """

    order: Order
    actor: Actor
    today: date
    now: datetime


@dataclass(frozen=True)
class RefundAsked:
    """Some of an order is to be given back: whoever holds it takes it away or refuses.

    `lines` says how many of which line.
    """

    refund: Refund
    order: Order
    lines: Sequence[tuple[OrderLine, int]]
    actor: Actor
    today: date
    now: datetime


@dataclass(frozen=True)
class ChargeFailed:
    """A stored card did not pay what was asked of it for an order."""

    charge: CardCharge
    order: Order
    today: date
    now: datetime
