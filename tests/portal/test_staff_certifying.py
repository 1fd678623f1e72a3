"""A manager records a credential that somebody earned elsewhere."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import Member
from credentials.models import Certification
from renewals.models import TermCertificate
from tests.cast import Cast, a_member, given
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.recording import certification, certify, place

pytestmark = pytest.mark.db


@pytest.fixture
def uma(cast: Cast) -> Member:
    """A member whose certificate waits for the credential."""
    member = a_member("Uma Uncertified", cast.northside)
    given(cast.membership, cast.northside, member)
    return member


def test_the_credential_gets_a_number_and_frees_the_certificate(
    mona: Client, uma: Member
) -> None:
    page = followed(mona, certify(mona, uma))
    assert page.notices == ["Recorded CMSS for Uma Uncertified."]
    held = Certification.objects.get(member=uma)
    assert held.number.startswith("CMSS-")
    assert (held.earned_on, held.recorded_by) == (date(2019, 5, 10), "Mona Moss")
    assert TermCertificate.objects.get(window__member=uma).state == "issued"


def test_a_number_it_has_already_is_kept(mona: Client, uma: Member) -> None:
    followed(mona, certify(mona, uma, number=" CMSS-018211 "))
    assert Certification.objects.get(member=uma).number == "CMSS-018211"


def test_a_credential_is_held_once(mona: Client, cast: Cast) -> None:
    fields = certification(mona, cast.bob)
    before = checksum()
    answer = mona.post(place(cast.bob, "certification/"), fields)
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Bob Baker already holds CMSS."]
    assert checksum() == before


def test_a_number_belongs_to_one_person(mona: Client, cast: Cast, uma: Member) -> None:
    taken = Certification.objects.get(member=cast.bob).number
    answer = certify(mona, uma, number=taken)
    assert answer.status_code == 422
    assert "or the number is taken" in Page.of(answer).problems[0]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (
            "earned_on",
            "2025-11-18",
            "Nov 18, 2025 is still to come. Enter the day it was earned.",
        ),
        ("earned_on", "2025-13-01", "Enter a day such as 2024-03-15."),
        ("earned_on", "", "Enter the day it was earned."),
        ("proof", "  ", "Write which proof you saw."),
        ("code", "MD", "Choose a credential."),
        ("code", "", "Choose a credential."),
    ],
)
def test_what_cannot_be_is_refused(
    mona: Client, uma: Member, field: str, value: str, sentence: str
) -> None:
    fields = certification(mona, uma, **{field: value})
    before = checksum()
    answer = mona.post(place(uma, "certification/"), fields)
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.title.startswith("Error:")
    assert page.problems == [sentence]
    assert checksum() == before


@pytest.mark.parametrize("number", ["x" * 41, "a\x00b"])
def test_a_number_no_row_can_keep_is_refused(
    mona: Client, uma: Member, number: str
) -> None:
    assert certify(mona, uma, number=number).status_code == 422


def test_a_form_sent_twice_records_once(mona: Client, uma: Member) -> None:
    fields = certification(mona, uma)
    address = place(uma, "certification/")
    first, second = (followed(mona, mona.post(address, fields)) for _ in range(2))
    assert first.notices == ["Recorded CMSS for Uma Uncertified."]
    assert "This form was sent already, and it was done once." in second.notices[0]
    assert Certification.objects.filter(member=uma).count() == 1


def test_a_reviewer_records_none(
    mona: Client, uma: Member, signed_in: Callable[[str], Client]
) -> None:
    fields, erin = certification(mona, uma), signed_in("erin")
    before = checksum()
    answer = erin.post(place(uma, "certification/"), fields)
    assert answer.status_code == 403
    assert checksum() == before


@pytest.mark.parametrize("name", ["rita", "alice", "bob"])
def test_nobody_else_knows_the_door(
    mona: Client, uma: Member, signed_in: Callable[[str], Client], name: str
) -> None:
    fields = certification(mona, uma)
    client = signed_in(name)
    assert client.post(place(uma, "certification/"), fields).status_code == 404
