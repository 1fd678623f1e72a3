"""Buying a course with a price: ordered, paid, enrolled, once (M10, J8.1)."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from accounts.models import Member
from billing.events import OrderPaid, RefundAsked
from billing.models import Order
from billing.queries import catalogue_on
from billing.rules import PricedLine
from billing.services import Sale, place_order
from core.actor import Actor
from core.failures import FieldProblem, NotEligible, NotUsable
from core.words import money_words
from courses.models import Course, Enrolment
from courses.queries.buying import (
    Quote,
    course_bought,
    line_code,
    quote_for,
    why_not_bought,
)
from courses.services.enrolling import begin
from credentials.policy import policy_for

LONGEST_LABEL = 80


def order_course(
    *,
    actor: Actor,
    member: Member,
    course: Course,
    agreed: Decimal,
    told: str,
    seller: str,
    today: date,
    now: datetime,
) -> Order:
    """Order a course at the price that holds for somebody today.

    Of a course somebody has one order: again, or twice at once, gives the first back,
    until that is cancelled.

    Args:
        actor: who orders.
        member: who pays and learns.
        course: what is bought.
        agreed: the price they were shown.
        told: the address that mail about it goes to.
        seller: the body's full name, for the invoice.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: it is free, begun, assigned or not open, or the body sells nothing.
        NotUsable: the price is another than was agreed to.
    """
    if reason := why_not_bought(member, course, today):
        raise NotEligible(f"{reason} Nothing was ordered.")
    catalogue = catalogue_on(course.program, today)
    if catalogue is None:
        body = policy_for(course.program, on=today).body_name
        raise NotEligible(f"{body} takes no orders here yet. Nothing was ordered.")
    listed = catalogue.price_list
    quote = quote_for(member, course, today, listed.currency)
    if quote.order is not None:
        return quote.order
    if not quote.price:
        raise NotEligible("This course is free for you. Enrol without an order.")
    if agreed != quote.price:
        text = (
            f"It costs {money_words(quote.price, listed.currency)} today, not what "
            "was agreed to. Nothing was ordered. Look at the price again."
        )
        raise NotUsable(text, [FieldProblem("price", text)])
    line = _line(course, quote, listed.currency)
    return place_order(
        actor=actor,
        payer=member,
        told=told,
        sale=Sale(listed, today, [line], seller, due_on=course.expires_on),
        form_key=quote.key,
        today=today,
        now=now,
    )


def on_course_paid(event: OrderPaid) -> None:
    """Enrol who paid for a course, in the payment's transaction.

    Raises:
        NotEligible: it was begun or assigned meanwhile, or can't be begun any more.
            No money is kept for it: a card's becomes credit, staff's isn't recorded.
    """
    member, course_id = event.order.member, course_bought(event.lines)
    if member is None or course_id is None:
        return
    course = _course(course_id)
    reason = why_not_bought(member, course, event.today)
    made = reason or begin(
        actor=event.actor,
        assignment=None,
        course=course,
        member=member,
        today=event.today,
        now=event.now,
    )
    if not isinstance(made, Enrolment):
        text = made or "This course is begun already."
        raise NotEligible(f"{text} Nothing was recorded. Cancel the order.")


def on_course_refund_asked(event: RefundAsked) -> None:
    """Refuse to give back what a course cost: it is theirs to read.

    Raises:
        NotEligible: a course's price is to go back.
    """
    if course_bought([line for line, _ in event.lines]) is not None:
        raise NotEligible(
            "The course it paid for is begun, and stays theirs. Nothing was given back."
        )


def check_course_payable(*, order: Order, member: Member, today: date) -> None:
    """Refuse to lead somebody to a payment that could bring them no course any more.

    Args:
        order: their own.
        member: who pays it.
        today: the day in the body's zone.

    Raises:
        NotEligible: it was begun, assigned or withdrawn, or ended.
    """
    if order.state != Order.State.AWAITING:
        return
    course_id = course_bought(order.lines.all())
    if course_id is None:
        return
    if reason := why_not_bought(member, _course(course_id), today):
        raise NotEligible(f"{reason} Nothing was charged. Cancel the order.")


def _course(course_id: UUID) -> Course:
    return Course.objects.get(pk=course_id)


def _line(course: Course, quote: Quote, currency: str) -> PricedLine:
    price = money_words(quote.price, currency)
    return PricedLine(
        code=line_code(course),
        label=course.title[:LONGEST_LABEL],
        quantity=1,
        unit=quote.price,
        amount=quote.price,
        grants=(),
        is_fee=False,
        why=f"{quote.why}: {price} (M10)",
    )
