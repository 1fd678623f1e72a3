"""Orders that wait for the demonstration's managers: one too late, one too large."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from uuid import uuid4

from accounts.models import Practice, User
from billing.models import Order, Payment
from billing.rules import Asked
from billing.services import PaymentFacts, record_payment
from core.actor import Actor
from portal.demo.bought import place

At = Callable[[date], datetime]
Deed = tuple[date, Callable[[], object]]
LATE_ON = date(2025, 10, 13)
LARGE_ON, CAME_ON = date(2025, 11, 12), date(2025, 11, 14)


def overdue_deed(practice: Practice, user: User, at: At) -> Deed:
    """Give an order that nobody has paid, and whose day has passed."""
    asked = Asked("renewals", 4)
    return LATE_ON, partial(place, practice, user, asked, LATE_ON, at)


def large_deeds(practice: Practice, user: User, keeper: User, at: At) -> Iterator[Deed]:
    """Give an order of which more came in than one manager may settle alone.

    Args:
        practice: whose order it is.
        user: its administrator.
        keeper: the manager who recorded what came in.
        at: tells the instant of a day.
    """
    orders: list[Order] = []

    def order() -> None:
        asked = Asked("renewals", 12)
        orders.append(place(practice, user, asked, LARGE_ON, at))

    yield LARGE_ON, order
    yield CAME_ON, lambda: _transfer(keeper, orders[0], at)


def _transfer(keeper: User, order: Order, at: At) -> None:
    record_payment(
        actor=Actor(keeper.name, user_id=keeper.pk),
        order=order,
        facts=PaymentFacts(
            method=Payment.Method.TRANSFER,
            amount=Decimal(order.total),
            received_on=CAME_ON,
            reference="HARBOR 12 RENEWALS",
        ),
        key=uuid4().hex,
        today=CAME_ON,
        now=at(CAME_ON),
    )
