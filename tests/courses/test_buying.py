"""A course with a price: shown with why, ordered, paid, begun once (M10, J8.1)."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import Member
from billing.models import Order, Payment
from billing.queries import credit_of, money_faults
from billing.services import cancel_order, refund_order
from core.failures import NotEligible
from courses.models import Course, Enrolment
from credentials.models import SocietyMembership
from credentials.services import publish_prices
from tests.billing.cards import address, cards, click, completed
from tests.billing.money import manager, paid
from tests.billing.stripe_fake import Far
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.courses.packs import published

pytestmark = pytest.mark.db


@pytest.fixture
def course(cast: Cast) -> Course:
    """Burnout, at $15.00 for members and $40.00 for others."""
    publish_prices(actor=TESTER, now=NOW)
    found = published("clinician-burnout", "mms").course
    found.member_price, found.nonmember_price = Decimal(15), Decimal(40)
    found.save()
    return found


@pytest.fixture
def far(settings: Settings) -> Iterator[Far]:
    """Cards are set up."""
    with cards(settings) as found:
        yield found


def _url(course: Course) -> str:
    return reverse("course", kwargs={"course_id": course.pk})


def _joins(member: Member) -> None:
    SocietyMembership.objects.create(
        member=member, program="mms", from_on=TODAY, recorded_at=NOW
    )


def _orders(bob: Client, course: Course, price: str = "40.00") -> Order:
    answer = bob.post(_url(course), {"price": price})
    assert answer.status_code == 302, answer.content.decode()
    order = Order.objects.latest("placed_at")
    assert answer.headers["Location"] == f"/me/orders/{order.pk}/"
    return order


def test_somebody_sees_their_price_and_why(
    bob: Client, course: Course, cast: Cast
) -> None:
    page = bob.get(_url(course)).content.decode()
    assert "For you: $40.00" in page
    assert "no member of MMS today; members pay $15.00" in page
    _joins(cast.bob)
    page = bob.get(_url(course)).content.decode()
    assert "For you: $15.00" in page
    assert "The price for members of MMS" in page


def test_whoever_paid_is_enrolled_once(bob: Client, course: Course, cast: Cast) -> None:
    order = _orders(bob, course)
    assert (order.member, order.practice, order.total) == (cast.bob, None, Decimal(40))
    assert not Enrolment.objects.exists()
    assert f"Pay order {order.number}" in bob.get(_url(course)).content.decode()
    paid(order, "40.00")
    order.refresh_from_db()
    assert order.state == "fulfilled"
    assert Enrolment.objects.get().member == cast.bob
    assert "Resume" in bob.get(_url(course)).content.decode()
    assert order.invoices.count() == 1
    assert money_faults() == []


def test_bought_twice_it_is_one_order_and_one_enrolment(
    bob: Client, course: Course
) -> None:
    first = _orders(bob, course)
    assert _orders(bob, course) == first
    paid(first, "40.00")
    answer = bob.post(_url(course), {"price": "40.00"})
    assert answer.status_code == 409
    assert "begun already. Nothing was ordered" in answer.content.decode()
    assert Order.objects.count() == 1
    assert Enrolment.objects.count() == 1


def test_once_cancelled_it_is_ordered_anew(bob: Client, course: Course) -> None:
    first = _orders(bob, course)
    cancel_order(
        actor=TESTER,
        order=first,
        reason="Not now",
        today=TODAY,
        now=NOW,
        by_payer=True,
    )
    again = _orders(bob, course)
    assert again != first
    paid(again, "40.00")
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize("price", ["15.00", "cheap", "NaN", ""])
def test_another_price_than_todays_orders_nothing(
    price: str, bob: Client, course: Course
) -> None:
    answer = bob.post(_url(course), {"price": price})
    assert answer.status_code == 422
    assert "Nothing was ordered. Look at the price" in answer.content.decode()
    assert not Order.objects.exists()


@pytest.mark.parametrize("ended", ["withdrawn_on", "expires_on"])
def test_no_money_is_taken_for_a_course_that_ended(
    ended: str, bob: Client, course: Course
) -> None:
    order = _orders(bob, course)
    day = TODAY if ended == "withdrawn_on" else TODAY.replace(year=TODAY.year - 1)
    Course.objects.filter(pk=course.pk).update(**{ended: day, "released_on": day})
    with pytest.raises(NotEligible, match=r"Nothing was recorded\. Cancel the order"):
        paid(order, "40.00")
    assert not Payment.objects.exists()
    assert not Enrolment.objects.exists()
    order.refresh_from_db()
    assert order.state == "awaiting"


def test_a_card_that_paid_too_late_is_the_members_credit(
    bob: Client, course: Course, cast: Cast, far: Far
) -> None:
    order = _orders(bob, course)
    page = click(bob, order)
    Course.objects.filter(pk=course.pk).update(withdrawn_on=TODAY)
    completed(far, page)
    assert not Enrolment.objects.exists()
    assert credit_of(cast.bob, "mms", "USD") == Decimal(40)
    answer = bob.post(address(order))
    assert "Nothing was charged" in answer.content.decode()
    assert money_faults() == []


def test_a_course_that_is_begun_is_not_given_back(
    bob: Client, course: Course, cast: Cast
) -> None:
    order = _orders(bob, course)
    paid(order, "40.00")
    order.refresh_from_db()
    with pytest.raises(NotEligible, match="stays theirs"):
        refund_order(
            actor=manager(cast),
            order=order,
            quantities={order.lines.get().pk: 1},
            method=Payment.Method.TRANSFER,
            reason="Asked for it",
            key="back",
            today=TODAY,
            now=NOW,
        )
