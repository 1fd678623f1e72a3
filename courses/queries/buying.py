"""What a course costs somebody and why, and which order pays for it (M10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from accounts.models import Member
from billing.models import Order, OrderLine
from core.words import money_words
from courses.models import Course, Enrolment
from courses.queries.catalogue import (
    assignment_for,
    is_member_of,
    price_for,
    why_not_open,
)
from credentials.policy import policy_for

# Of a line: it names the course, in the 40 characters that a line's code has.
PREFIX = "course-"


@dataclass(frozen=True)
class Quote:
    """A course's price for somebody on a day.

    `why` is the sentence that says why it is that. `order` awaits payment already;
    `key` names the next order of this course by this person, so that there is one.
    """

    price: Decimal
    why: str
    key: str
    order: Order | None


def line_code(course: Course) -> str:
    """Give the code of an order's line that buys a course."""
    return f"{PREFIX}{course.pk.hex}"


def course_bought(lines: Iterable[OrderLine]) -> UUID | None:
    """Say which course an order's lines buy; None where they buy none."""
    codes = [line.code for line in lines if line.code.startswith(PREFIX)]
    return UUID(codes[0].removeprefix(PREFIX)) if codes else None


def quote_for(member: Member, course: Course, today: date, currency: str) -> Quote:
    """Say what a course costs somebody who buys it on a day (M10).

    Args:
        member: who would learn.
        course: what they would learn.
        today: the day in the body's zone.
        currency: that of the body's prices.
    """
    price = price_for(member, course, today)
    # What is cancelled counts on, so that no key is used twice; read at one moment.
    name = f"course:{uuid5(course.pk, member.pk.hex).hex}:"
    keyed = list(Order.objects.filter(form_key__startswith=name))
    mine = Order.objects.visible_to(member).filter(state=Order.State.AWAITING)
    awaiting = [each for each in keyed if each.state == Order.State.AWAITING]
    # A merge may have brought one of another record's.
    brought = None if awaiting else mine.filter(lines__code=line_code(course)).first()
    return Quote(
        price=price,
        why=_why(member, course, today, currency),
        key=f"{name}{len(keyed)}",
        order=awaiting[0] if awaiting else brought,
    )


def why_not_bought(member: Member, course: Course, today: date) -> str:
    """Say why a course can't be bought for somebody; empty where it can."""
    if Enrolment.objects.visible_to(member).filter(course=course).exists():
        return "This course is begun already."
    if reason := why_not_open(course, today):
        return reason
    if assignment_for(member, course) is not None:
        return "This course is assigned: it costs nothing."
    return ""


def _why(member: Member, course: Course, today: date, currency: str) -> str:
    body = policy_for(course.program, on=today).body_name
    if is_member_of(member, course.program, today):
        return f"The price for members of {body}"
    if course.member_price < course.nonmember_price:
        less = money_words(course.member_price, currency)
        return f"You are no member of {body} today; members pay {less}"
    return "The price for everybody"
