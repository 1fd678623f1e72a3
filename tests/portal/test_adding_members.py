"""Add New Member: a package's four parts, a place on the list, and an invitation."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from accounts.models import Invitation, Member
from core.models import OutboxMessage
from credentials.models import Assignment, Product, SeatPool
from credentials.queries import seat_faults
from portal.queries.assigned_to_me import assigned_to
from tests.cast import BODY, TODAY, Cast, a_member, seats
from tests.matrix.asking import checksum
from tests.portal.pressing import ADDRESS, followed
from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.db
PARTS = ("membership", "mscat-manual", "hipaa", "mscat-assessment")
NINA = {"first_name": "Nina", "last_name": "New", "email": "nina@mail.example"}


@pytest.fixture(autouse=True)
def two_packages(cast: Cast) -> None:
    """Northside has two packages."""
    for code in PARTS:
        seats(cast.northside, Product.objects.get(program=BODY, code=code), 2)


def add(client: Client, **typed: str) -> "Answer":
    """Fill the box in and press its button."""
    page = Page.of(client.get(ADDRESS))
    fields = {"form_key": page.value("form_key"), "add": "member"}
    return client.post(ADDRESS, fields | NINA | typed)


def box(client: Client) -> Page:
    """The page, after it was opened anew."""
    return Page.of(client.get(ADDRESS))


def test_a_member_is_added_with_four_parts_and_invited(
    alice: Client, cast: Cast
) -> None:
    said = box(alice).one("section", id="add").text
    assert "2 packages available. Each holds Membership, MSCAT Manual," in said
    page = followed(alice, add(alice))
    assert page.notices == ["Nina New was added. Invitation sent to nina@mail.example."]
    (nina,) = (line for line in page.lines if line.name == "Nina New")
    assert nina.circle == ("M", "Manual renewal")
    assert nina.icons[:5] == [
        "Membership: current through Nov 16, 2026",
        "MSCAT Manual: assigned",
        "HIPAA for Scribes: assigned",
        "MSCAT Assessment: assigned",
        "MSCAT Training: not assigned",
    ]
    assert "1 package available." in page.one("section", id="add").text
    invitation = Invitation.objects.get()
    assert invitation.member == Member.objects.get(email=NINA["email"])
    mails = OutboxMessage.objects.filter(recipient=NINA["email"])
    assert mails.filter(kind="invite").count() == 1
    assert not seat_faults()


def test_an_empty_box_says_what_is_missing_beside_each_field(alice: Client) -> None:
    before = checksum()
    answer = add(alice, first_name="", last_name=" ", email="")
    assert answer.status_code == 422
    page = Page.of(answer)
    assert page.title.startswith("Error:")
    assert page.problems == [
        "Enter a first name.",
        "Enter a last name.",
        "Enter an e-mail address such as name@practice.example.",
    ]
    links = [each.attributes["href"] for each in page.one("", "gs-problem").all("a")]
    assert links == ["#id_first_name", "#id_last_name", "#id_email"]
    assert checksum() == before


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "nina"}, "email"),
        ({"email": "nina@mail.example\x00"}, "email"),
        ({"first_name": "Ni\u202ena"}, "first_name"),
        ({"last_name": "x" * 101}, "last_name"),
        ({"last_name": "N\x00"}, "last_name"),
    ],
)
def test_what_is_no_name_or_address_keeps_what_was_typed(
    alice: Client, typed: dict[str, str], field: str
) -> None:
    before = checksum()
    answer = add(alice, **typed)
    assert answer.status_code == 422
    page = Page.of(answer)
    links = page.one("", "gs-problem").all("a")
    assert {each.attributes["href"] for each in links} == {f"#id_{field}"}
    others = {name: text for name, text in NINA.items() if name != field}
    assert {name: page.value(name) for name in others} == others
    assert checksum() == before


def test_the_same_address_again_is_a_member_already(alice: Client, cast: Cast) -> None:
    followed(alice, add(alice))
    before = checksum()
    answer = add(alice, first_name="Other", email=" NINA@mail.example ")
    assert answer.status_code == 422
    assert Page.of(answer).problems == [
        "Nina New is already a member here, with that address."
    ]
    assert checksum() == before


def test_the_same_form_twice_adds_once_and_somebody_else_with_it_is_refused(
    alice: Client, cast: Cast
) -> None:
    key = {"form_key": box(alice).value("form_key"), "add": "member"}
    answers = [alice.post(ADDRESS, key | NINA) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    other = alice.post(ADDRESS, key | NINA | {"email": "other@mail.example"})
    assert other.status_code == 409
    assert "This form was used already." in Page.of(other).problems[0]
    assert Member.objects.filter(last_name="New").count() == 1
    assert Assignment.objects.filter(member__last_name="New").count() == 4


def test_without_a_package_left_the_box_leads_to_seats_and_adds_nobody(
    alice: Client, cast: Cast
) -> None:
    key = {"form_key": box(alice).value("form_key"), "add": "member"}
    followed(alice, add(alice))
    followed(alice, add(alice, email="second@mail.example"))
    page = box(alice)
    section = page.one("section", id="add")
    assert "All 2 packages are assigned. Add seats" in section.text
    assert not section.all("form")
    before = checksum()
    answer = alice.post(ADDRESS, key | NINA | {"email": "third@mail.example"})
    assert answer.status_code == 409
    refused = Page.of(answer)
    assert "No certification package is left." in refused.problems[0]
    assert checksum() == before


@pytest.mark.parametrize("code", PARTS)
def test_one_part_that_is_short_is_a_package_short(
    alice: Client, cast: Cast, code: str
) -> None:
    pool = SeatPool.objects.filter(practice=cast.northside, product__code=code)
    pool.update(granted=pool.get().used)
    before = checksum()
    assert add(alice).status_code == 409
    assert checksum() == before


def test_a_practice_without_packages_is_told_what_one_is(
    signed_in: Callable[[str], Client],
) -> None:
    page = Page.of(signed_in("frank").get("/p/lakeview/assignments/"))
    section = page.one("section", id="add")
    assert "No packages yet. Each holds Membership," in section.text


def test_whoever_has_a_record_elsewhere_is_answered_like_anybody(
    alice: Client, cast: Cast
) -> None:
    page = followed(alice, add(alice, email=cast.charlie.email))
    assert page.notices == [
        f"Nina New was added. Invitation sent to {cast.charlie.email}."
    ]
    assert cast.charlie.sponsorships.count() == 1
    assert not cast.charlie.assignments.filter(practice=cast.northside).exists()


def test_the_person_sees_their_four_tasks(alice: Client, bob: Client) -> None:
    followed(alice, add(alice))
    nina = Member.objects.get(email=NINA["email"])
    titles = [
        row.title for row in assigned_to(nina, BODY, first_term=True, today=TODAY)
    ]
    assert titles == [
        "Membership",
        "MSCAT Manual",
        "HIPAA for Scribes",
        "MSCAT Assessment",
    ]


def test_a_stranger_adds_nobody(bob: Client, cast: Cast) -> None:
    a_member("Amy Able", cast.northside)
    before = Member.objects.count()
    fields = {"form_key": "k", "add": "member"} | NINA
    assert bob.post(ADDRESS, fields).status_code == 403
    assert bob.post("/p/lakeview/assignments/", fields).status_code == 404
    assert Member.objects.count() == before
