"""Days on which auto-renewal is paid for by a stored card."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

import time_machine

from accounts.models import Sponsorship
from billing.models import CardCharge, Order
from billing.queries import money_faults
from credentials.models import Window
from credentials.queries import seat_faults
from renewals.models import CardRound
from renewals.services import pass_day
from tests.billing.money import prices
from tests.billing.storing import charge_all
from tests.cast import BODY, TODAY

DAY = TODAY


@contextmanager
def on(day: date, hour: int = 18) -> Iterator[datetime]:
    """Live in a day of the body's, by the clock as well."""
    at = datetime.combine(day, time(hour), UTC)
    with time_machine.travel(at, tick=False):
        yield at


def a_pass(day: date, *, hour: int = 18) -> None:
    """Let the sweep run once on a day."""
    with on(day, hour) as at:
        pass_day(program=BODY, today=day, now=at)


def a_day(day: date) -> None:
    """Let a day pass: the sweep, the worker that charges, and the sweep it wakes."""
    a_pass(day)
    with on(day):
        charge_all()
    a_pass(day)


def day(after: int) -> date:
    """So many days after the first."""
    return DAY + timedelta(days=after)


def publish() -> None:
    """Publish the packs' prices: $85.00 a renewal."""
    prices()


def the_round() -> CardRound:
    """The one round there is."""
    return CardRound.objects.get()


def orders() -> list[tuple[str, str, int]]:
    """State, total and number of renewals of each order, the oldest first."""
    found = Order.objects.order_by("placed_at", "form_key")
    return [
        (each.state, str(each.total), sum(line.quantity for line in each.lines.all()))
        for each in found
    ]


def charges() -> list[tuple[int, str, str]]:
    """Turn, state and day of each charge, in order."""
    found = CardCharge.objects.order_by("at", "turn")
    return [(each.turn, each.state, str(each.due_on)) for each in found]


def books_agree() -> None:
    """Hold orders, charges, the journal and seats against each other."""
    assert money_faults() == []
    assert seat_faults() == []


def mode_of(window: Window) -> str:
    """How a term's member renews now."""
    return Sponsorship.objects.open().get(member=window.member).renewal_mode
