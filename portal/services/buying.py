"""Buying a course for oneself, on its page and over REST."""

from datetime import date, datetime
from decimal import Decimal

from accounts.access import OwnDoor
from billing.models import Order
from courses.models import Course
from courses.services import order_course
from portal.queries.places import body_full_name


def buy_course(
    *, door: OwnDoor, course: Course, agreed: Decimal, today: date, now: datetime
) -> Order:
    """Order a course for whoever came in, at the price they agreed to.

    Mail about its order goes to the address they sign in with.

    Args:
        door: who learns and pays.
        course: what is bought.
        agreed: the price they were shown.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: it can't be bought for them.
        NotUsable: the price is another one.
    """
    return order_course(
        actor=door.actor,
        member=door.member,
        course=course,
        agreed=agreed,
        told=door.person.email,
        seller=body_full_name(course.program),
        today=today,
        now=now,
    )
