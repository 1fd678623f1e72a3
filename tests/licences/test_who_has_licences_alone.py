"""Whoever has a licence and nothing else reads of it, and so do staff of the body."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Member, StaffRole, User
from renewals.services import enter_licence
from tests.cast import NOW, TESTER, Cast, a_member
from tests.licences.conftest import PERIOD
from tests.portal.reading import Page

pytestmark = pytest.mark.db


@pytest.fixture
def alone(cast: Cast) -> Member:
    """Pia, a physician whom no practice stands for."""
    user = User.objects.create_user(email="pia@mail.example", name="Pia Physician")
    pia = a_member("Pia Physician", None, user=user)
    enter_licence(actor=TESTER, member=pia, program="mms", details=PERIOD, now=NOW)
    return pia


def test_their_first_page_names_what_the_registration_lacks(
    alone: Member, client: Client
) -> None:
    assert alone.user
    client.force_login(alone.user)
    answer = client.get("/me/")
    assert answer.headers["Location"] == "/me/all/"
    text = Page.of(client.get("/me/all/")).text
    assert "10.0 more hours of Risk management, licence MA 123" in text
    assert "term" not in text
    # What somebody asks for by name is shown.
    assert client.get("/me/?program=acmss").status_code == 200


def test_staff_read_of_licences_and_of_no_terms(
    alone: Member, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    StaffRole.objects.create(user=cast.erin, program="mms", role="manager")
    erin = signed_in("erin")
    page = Page.of(erin.get("/staff/mms/?q=ma+123"))
    assert "Pia Physician" in page.text
    assert "MA 123" in page.text
    assert "May 31, 2026" in page.text
    record = Page.of(erin.get(f"/staff/mms/members/{alone.pk}/")).text
    assert "1 licence entered." in record
    assert "MA 123, registered Jun 1, 2024 to May 31, 2026" in record
    assert "No term yet" not in record
    assert "Record a certification" not in record
