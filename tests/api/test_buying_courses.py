"""A course with a price over REST: found by what it brings, ordered, paid by staff."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import StaffRole
from billing.models import Order
from core import public_ids
from courses.models import Course, Enrolment
from credentials.services import publish_prices
from tests.api.asking import Caller
from tests.cast import NOW, TESTER, Cast
from tests.courses.packs import published
from tests.portal.reading import Page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf", "today"),
]


@pytest.fixture
def course(cast: Cast) -> Course:
    """Burnout, at $15.00 for members and $40.00 for others."""
    publish_prices(actor=TESTER, now=NOW)
    found = published("clinician-burnout", "mms").course
    found.member_price, found.nonmember_price = Decimal(15), Decimal(40)
    found.save()
    return found


def named(course: Course) -> str:
    """Spell the id that a program reads."""
    return public_ids.spell("crs", course.pk)


def test_a_price_that_is_agreed_to_gives_one_order(own: Caller, course: Course) -> None:
    sent = {"course": named(course), "price": "40.00"}
    made = own.post("enrolments", sent)
    assert made.status_code == 202
    assert made.json()["course"] == named(course)
    assert made.json()["order"]["total"] == "40.00"
    again = own.post("enrolments", sent)
    assert (again.status_code, again.json()) == (202, made.json())
    assert Order.objects.count() == 1
    assert not Enrolment.objects.exists()


def test_without_its_price_nothing_is_ordered(own: Caller, course: Course) -> None:
    refused = own.post("enrolments", {"course": named(course)})
    assert refused.status_code == 409
    assert "costs $40.00. Buy it first" in refused.json()["detail"]
    wrong = own.post("enrolments", {"course": named(course), "price": "15.00"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "/price"
    assert not Order.objects.exists()


def test_what_is_begun_or_free_needs_no_order(own: Caller, course: Course) -> None:
    Course.objects.filter(pk=course.pk).update(nonmember_price=0, member_price=0)
    sent = {"course": named(course), "price": "40.00"}
    made = own.post("enrolments", sent)
    assert made.status_code == 201
    Course.objects.filter(pk=course.pk).update(nonmember_price=40)
    again = own.post("enrolments", sent)
    assert (again.status_code, again.json()["id"]) == (201, made.json()["id"])
    assert not Order.objects.exists()


def test_staff_who_record_its_payment_enrol_its_learner(
    own: Caller, course: Course, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    """At their own desk, behind the walls that staff work behind."""
    StaffRole.objects.create(
        user=cast.user("mona"), program="mms", role=StaffRole.Role.MANAGER
    )
    own.post("enrolments", {"course": named(course), "price": "40.00"})
    order = Order.objects.get()
    desk, mona = f"/staff/mms/orders/{order.pk}/", signed_in("mona")
    fields = {
        "method": "phone",
        "amount": "40.00",
        "reference": "",
        "dated_on": "",
        "received_on": "2025-11-17",
        "form_key": Page.of(mona.get(desk)).value("form_key"),
    }
    assert mona.post(f"{desk}payments/", fields).status_code == 302
    order.refresh_from_db()
    assert order.state == "fulfilled"
    assert Enrolment.objects.get().member == cast.bob
    listed = own.get("enrolments").json()["results"]
    assert [each["course"] for each in listed] == [named(course)]


def test_courses_are_found_by_the_requirement_they_count_towards(
    own: Caller, course: Course
) -> None:
    plain = published("hipaa-for-scribes", "acmss").course
    found = own.get("courses", requirement="total").json()["results"]
    ids = {each["id"] for each in found}
    assert named(course) in ids
    # It brings no credit.
    assert named(plain) not in ids
    wrong = own.get("courses", requirement="everything")
    assert wrong.status_code == 400
