"""Lowering Northside's number, as its page would."""

from datetime import date
from typing import Any
from uuid import uuid4

from accounts.models import Member
from core.actor import Actor
from credentials.models import SeatChange
from credentials.queries import RenewalSeats, seats_of
from credentials.services import Decrease, lower_seats
from tests.cast import BODY, NOW, TESTER, TODAY, Cast


def lower(
    cast: Cast,
    to: int,
    *out: Member,
    actor: Actor = TESTER,
    today: date = TODAY,
    **more: Any,  # noqa: ANN401
) -> SeatChange:
    """Lower the number to so many, leaving some out."""
    named = frozenset(member.pk for member in out)
    more = {"program": BODY, "form_key": uuid4().hex} | more
    return lower_seats(
        actor=actor,
        practice=cast.northside,
        wanted=Decrease(to=to, leave_out=named, **more),
        today=today,
        now=NOW,
    )


def now_of(cast: Cast) -> RenewalSeats:
    """What Northside carries on with."""
    return seats_of(cast.northside, BODY)


def number(cast: Cast) -> int:
    """How many Northside carries on with."""
    return now_of(cast).seats.number
