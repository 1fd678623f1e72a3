"""What a course brings is given once, however many hands ask for it at a moment."""

from decimal import Decimal
from functools import partial
from uuid import UUID

import pytest

from accounts.models import Duplicate, Member
from billing.models import Order
from ce_credits.models import Activity
from certificates.models import Certificate
from core.failures import Stale
from courses.models import Allowance, Course, CourseCredit, Enrolment
from courses.services import extend_time, order_course
from credentials.services import publish_prices
from tests.billing.money import paid
from tests.cast import BODY, NOW, TESTER, TODAY, Cast
from tests.learning.sitting import own
from tests.learning.taking import a_course, claims, completed, enrolled
from tests.merging.merging import merged, proved, second_account
from tests.race.hands import at_once

pytestmark = [pytest.mark.race, pytest.mark.db, pytest.mark.usefixtures("shelf")]
HANDS = 6


def test_credit_is_claimed_once(cast: Cast, server: str) -> None:
    cast.bob.profession = "MD"
    cast.bob.save()
    mine = completed(enrolled(cast.bob, a_course()))
    acts = [partial(_claims, mine.pk) for _ in range(HANDS)]
    assert len(set(at_once(acts))) == 1
    assert CourseCredit.objects.count() == 1
    assert Activity.objects.filter(program="mms").count() == 1
    assert Certificate.objects.filter(program="mms").count() == 1


def test_a_course_is_ordered_once_and_begun_once(cast: Cast, server: str) -> None:
    publish_prices(actor=TESTER, now=NOW)
    course = a_course(member_price=Decimal(15), nonmember_price=Decimal(40)).course
    acts = [partial(_orders, cast.bob.pk, course.pk) for _ in range(HANDS)]
    assert len(set(at_once(acts))) == 1
    order = Order.objects.get()
    payments = [partial(_pays, order.pk) for _ in range(HANDS)]
    assert len(set(at_once(payments))) == 1
    order.refresh_from_db()
    assert (order.settled, order.state) == (Decimal(40), "fulfilled")
    assert Enrolment.objects.get().member == cast.bob


def test_more_time_given_in_the_middle_of_a_merge_goes_along(
    cast: Cast, server: str
) -> None:
    second = second_account()
    row = proved(second, cast.bob)
    acts = [partial(_merges, cast, row, second), partial(_extends, cast.bob.pk)]
    went, _ = at_once(acts)
    kept = second if went else cast.bob
    assert {each.member_id for each in Allowance.objects.all()} == {kept.pk}


def _merges(cast: Cast, row: Duplicate, keep: Member) -> bool:
    """Merge, unless somebody has one of the two in hand."""
    try:
        merged(cast, row, keep)
    except Stale:
        return False
    return True


def _extends(member_id: UUID) -> bool:
    made = extend_time(
        actor=TESTER,
        member=Member.objects.get(pk=member_id),
        program=BODY,
        percent=50,
        reason="She reads slowly.",
        today=TODAY,
        now=NOW,
    )
    return made is not None


def _claims(enrolment_id: UUID) -> UUID:
    mine = Enrolment.objects.select_related("member", "course", "version")
    return claims(mine.get(pk=enrolment_id)).pk


def _orders(member_id: UUID, course_id: UUID) -> UUID:
    member = Member.objects.get(pk=member_id)
    return order_course(
        actor=own(member),
        member=member,
        course=Course.objects.get(pk=course_id),
        agreed=Decimal("40.00"),
        told="bob@bob-baker.example",
        seller="The society",
        today=TODAY,
        now=NOW,
    ).pk


def _pays(order_id: UUID) -> UUID:
    return paid(Order.objects.get(pk=order_id), "40.00", key="once").pk
