"""Whoever began a course and has nothing else of its body is known to its staff."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Member, StaffRole, User
from courses.models import Enrolment
from tests.cast import Cast, a_member
from tests.learning.taking import a_course, claims, completed, enrolled
from tests.portal.reading import Page

pytestmark = [pytest.mark.db, pytest.mark.django_db, pytest.mark.usefixtures("shelf")]


@pytest.fixture
def alone(cast: Cast) -> Enrolment:
    """Nora, a nurse whom no practice stands for, began a course."""
    user = User.objects.create_user(email="nora@mail.example", name="Nora Nurse")
    return enrolled(a_member("Nora Nurse", None, user=user), a_course())


@pytest.fixture
def erin(cast: Cast, signed_in: Callable[[str], Client]) -> Client:
    StaffRole.objects.create(user=cast.erin, program="mms", role="manager")
    return signed_in("erin")


def record(erin: Client, member: Member, program: str = "mms") -> Page:
    return Page.of(erin.get(f"/staff/{program}/members/{member.pk}/"))


def test_staff_find_them_and_read_how_far_they_are(
    alone: Enrolment, erin: Client
) -> None:
    assert "Nora Nurse" in Page.of(erin.get("/staff/mms/?q=nora")).text
    text = record(erin, alone.member).text
    assert alone.course.title in text
    assert "In progress" in text
    assert "Begun Nov 17, 2025." in text


def test_what_they_completed_and_claimed_is_told_apart(
    alone: Enrolment, erin: Client
) -> None:
    completed(alone)
    assert "Begun Nov 17, 2025; nothing claimed yet." in record(erin, alone.member).text
    claims(alone)
    text = record(erin, alone.member).text
    assert "gave attendance on Nov 17, 2025." in text


def test_another_body_knows_nothing_of_them(alone: Enrolment, erin: Client) -> None:
    assert "Nora" not in Page.of(erin.get("/staff/acmss/?q=nora")).text
    assert erin.get(f"/staff/acmss/members/{alone.member.pk}/").status_code == 404
