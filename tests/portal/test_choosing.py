"""A specialty or a CE course is chosen before it is assigned, in a step of its own."""

from uuid import uuid4

import pytest
from django.test import Client

from ce_credits.models import CatalogueItem
from core.models import AuditEntry
from credentials.models import Assignment
from tests.cast import BODY, NOW, Cast, a_member
from tests.matrix.asking import checksum
from tests.portal.pressing import ADDRESS, followed, left, press
from tests.portal.products import UNDO, chosen, icon, stocked
from tests.portal.reading import Page

pytestmark = pytest.mark.db
EIGHT = [
    "Dermatology",
    "Emergency Medicine",
    "Internal Medicine",
    "Ophthalmology",
    "Primary Care",
    "Urgent Care",
    "Vascular Care",
    "Oncology",
]


def course(code: str, title: str) -> CatalogueItem:
    """A course of the body's catalogue."""
    return CatalogueItem.objects.create(
        program=BODY, code=code, title=title, kind="webinar", changed_at=NOW
    )


def test_a_specialty_is_chosen_in_a_step_of_its_own(alice: Client, cast: Cast) -> None:
    product = stocked(cast, "specialty")
    a_member("Amy Able", cast.northside)
    before = checksum()
    asked = Page.of(press(alice, "Amy Able", "Bob Baker", tile="specialty"))
    assert asked.h1 == "Which specialty certification?"
    assert "For Amy Able, Bob Baker. Nothing is assigned yet." in asked.text
    radios = asked.all("input", type="radio")
    assert [each.attributes["name"] for each in radios] == ["choice"] * 8
    labels = [each.text for each in asked.all("label") if each.text in EIGHT]
    assert labels == EIGHT
    assert checksum() == before
    page = chosen(alice, asked, "emergency-medicine")
    label = "Specialty Certification"
    assert page.notices == [
        f"{label}: Emergency Medicine assigned to Amy Able, Bob Baker. {UNDO}"
    ]
    assert icon(page, "Bob Baker", label) == "Emergency Medicine, assigned"
    assert left(cast.northside, product) == 1
    entry = AuditEntry.objects.get(
        action="product.assigned", member=cast.bob, user=cast.alice
    )
    assert entry.sentence == f"Assigned {label}: Emergency Medicine to Bob Baker"


def test_another_specialty_is_another_thing_and_the_same_is_not(
    alice: Client, cast: Cast
) -> None:
    stocked(cast, "specialty")
    first = Page.of(press(alice, "Bob Baker", tile="specialty"))
    chosen(alice, first, "oncology")
    second = Page.of(press(alice, "Bob Baker", tile="specialty"))
    page = chosen(alice, second, "dermatology")
    words = icon(page, "Bob Baker", "Specialty Certification")
    assert words == "Dermatology, assigned; 1 more"
    asked = Page.of(press(alice, "Bob Baker", tile="specialty"))
    fields = asked.form_at(ADDRESS) | {"choice": "oncology"}
    refused = alice.post(ADDRESS, fields)
    assert refused.status_code == 409
    assert "has Specialty Certification: Oncology already" in Page.of(refused).text


@pytest.mark.parametrize("typed", [{}, {"choice": ""}, {"choice": "surgery\x00"}])
def test_what_is_no_choice_is_asked_again(
    alice: Client, cast: Cast, typed: dict[str, str]
) -> None:
    stocked(cast, "specialty")
    asked = Page.of(press(alice, "Bob Baker", tile="specialty"))
    before = checksum()
    answer = alice.post(ADDRESS, asked.form_at(ADDRESS) | typed)
    assert answer.status_code == 422
    page = Page.of(answer)
    assert page.problems == ["Choose a specialty."]
    assert page.form_at(ADDRESS)["member"] == [f"{cast.bob.pk}.1"]
    assert checksum() == before


def test_a_choice_for_nobody_asks_for_people_first(alice: Client, cast: Cast) -> None:
    stocked(cast, "specialty")
    answer = press(alice, tile="specialty")
    assert answer.status_code == 422
    assert Page.of(answer).problems == [
        "Select at least one person, then choose Assign."
    ]


def test_skipping_somebody_keeps_the_choice(alice: Client, cast: Cast) -> None:
    product = stocked(cast, "specialty")
    a_member("Amy Able", cast.northside)
    chosen(alice, Page.of(press(alice, "Bob Baker", tile="specialty")), "oncology")
    asked = Page.of(press(alice, "Amy Able", "Bob Baker", tile="specialty"))
    fields = asked.form_at(ADDRESS) | {"choice": "oncology"}
    check = Page.of(alice.post(ADDRESS, fields))
    assert check.h1 == "1 person is skipped"
    followed(alice, alice.post(ADDRESS, check.form_at(ADDRESS)))
    given = Assignment.objects.filter(product=product, choice="oncology")
    assert given.count() == 2


def test_a_ce_course_is_one_of_the_catalogue(alice: Client, cast: Cast) -> None:
    stocked(cast, "continuing-education")
    none = Page.of(press(alice, "Bob Baker", tile="continuing-education"))
    assert "catalogue has no course to assign yet" in none.text
    for number in range(12):
        course(f"MLN-{number}", f"Course {number:02d} (45 min)")
    course("MLN-X", "Withdrawn").delete()
    asked = Page.of(press(alice, "Bob Baker", tile="continuing-education"))
    assert asked.h1 == "Which CE course?"
    assert len(asked.one("select", name="choice").all("option")) == 13
    page = chosen(alice, asked, "MLN-7")
    words = icon(page, "Bob Baker", "Continuing Education")
    assert words == "Course 07 (45 min), assigned"
    CatalogueItem.objects.filter(code="MLN-7").update(title="Renamed")
    kept = icon(Page.of(alice.get(ADDRESS)), "Bob Baker", "Continuing Education")
    assert kept == words


def test_the_same_form_twice_assigns_once_and_with_another_choice_not(
    alice: Client, cast: Cast
) -> None:
    product = stocked(cast, "specialty")
    asked = Page.of(press(alice, "Bob Baker", tile="specialty"))
    fields = asked.form_at(ADDRESS)
    answers = [
        alice.post(ADDRESS, fields | {"choice": choice, "confirmed": "1"})
        for choice in ("oncology", "oncology", "dermatology")
    ]
    assert [each.status_code for each in answers] == [302, 302, 409]
    assert left(cast.northside, product) == 2


def test_a_stranger_is_unknown_before_any_choice_is_asked(
    alice: Client, cast: Cast
) -> None:
    stocked(cast, "specialty")
    for member_id in (cast.charlie.pk, uuid4()):
        fields = {"form_key": "k", "member": str(member_id), "assign": "specialty"}
        assert alice.post(ADDRESS, fields).status_code == 404
