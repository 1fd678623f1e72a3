"""The six products that open something: assigned, chosen, held, and not twice."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Sponsorship
from ce_credits.models import CatalogueItem
from core.models import AuditEntry
from credentials.models import Assignment, Product
from tests.cast import BODY, NOW, Cast, a_member, seats
from tests.matrix.asking import checksum
from tests.portal.pressing import ADDRESS, followed, left, press
from tests.portal.reading import Page

pytestmark = pytest.mark.db
PLAIN = {
    "mscat-manual": "MSCAT Manual",
    "hipaa": "HIPAA for Scribes",
    "mscat-assessment": "MSCAT Assessment",
    "mscat-training": "MSCAT Training",
}
UNDO = "Undo until Nov 18, 2025, 10:00 AM PST."
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


def stocked(cast: Cast, code: str, count: int = 3) -> Product:
    """A product of which Northside can assign so many."""
    product = Product.objects.get(program=BODY, code=code)
    seats(cast.northside, product, count)
    return product


def icon(page: Page, name: str, label: str) -> str:
    """What somebody's icon of a product says."""
    (line,) = (each for each in page.lines if each.name == name)
    (words,) = (each for each in line.icons if each.startswith(f"{label}: "))
    return words.removeprefix(f"{label}: ")


def course(code: str, title: str) -> CatalogueItem:
    """A course of the body's catalogue."""
    return CatalogueItem.objects.create(
        program=BODY, code=code, title=title, kind="webinar", changed_at=NOW
    )


def chosen(client: Client, page: Page, choice: str) -> Page:
    """Choose on the page that asks, and follow where it leads."""
    fields = page.form_at(ADDRESS) | {"choice": choice}
    return followed(client, client.post(ADDRESS, fields))


@pytest.mark.parametrize(("code", "label"), PLAIN.items())
def test_each_is_assigned_from_its_tile(
    alice: Client, cast: Cast, code: str, label: str
) -> None:
    product = stocked(cast, code)
    page = followed(alice, press(alice, "Bob Baker", tile=code))
    assert page.notices == [f"{label} assigned to Bob Baker. {UNDO}"]
    assert page.tiles[label] == "2"
    assert icon(page, "Bob Baker", label) == "assigned"
    assert page.lines[0].date == ("now", "Renew now Nov 3, 2025")
    given = Assignment.objects.get(product=product)
    assert (given.state, given.choice) == (Assignment.State.ASSIGNED, "")


@pytest.mark.parametrize("code", PLAIN)
def test_nobody_is_given_the_same_twice_at_a_time(
    alice: Client, cast: Cast, code: str
) -> None:
    product = stocked(cast, code)
    a_member("Amy Able", cast.northside)
    press(alice, "Bob Baker", tile=code)
    asked = Page.of(press(alice, "Amy Able", "Bob Baker", tile=code))
    assert asked.h1 == "1 person is skipped"
    assert "Bob Baker has" in asked.text
    assert "already, assigned Nov 17, 2025." in asked.text
    followed(alice, alice.post(ADDRESS, asked.form_at(ADDRESS)))
    assert left(cast.northside, product) == 1
    refused = press(alice, "Bob Baker", tile=code)
    assert refused.status_code == 409
    assert "Nothing was assigned." in Page.of(refused).problems[0]


@pytest.mark.parametrize(
    ("state", "label", "shown", "again"),
    [
        ("assigned", "", "assigned", "refused"),
        ("started", "", "in progress", "refused"),
        ("complete", "passed 92%", "passed 92%", "refused"),
        ("failed", "failed 62%", "failed 62%", "assigned"),
        ("failed", "", "not passed", "assigned"),
        ("expired", "", "expired", "assigned"),
    ],
)
def test_an_icon_says_what_its_course_reported_and_what_is_over_is_given_again(
    alice: Client, cast: Cast, state: str, label: str, shown: str, again: str
) -> None:
    product = stocked(cast, "hipaa")
    press(alice, "Bob Baker", tile="hipaa")
    Assignment.objects.filter(product=product).update(state=state, label=label)
    page = Page.of(alice.get(ADDRESS))
    assert icon(page, "Bob Baker", "HIPAA for Scribes") == shown
    answer = press(alice, "Bob Baker", tile="hipaa")
    assert answer.status_code == {"assigned": 302, "refused": 409}[again]
    if answer.status_code == 302:
        assert icon(followed(alice, answer), "Bob Baker", "HIPAA for Scribes") == (
            "assigned; 1 more"
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


def test_a_shortage_is_said_in_the_products_words(alice: Client, cast: Cast) -> None:
    a_member("Amy Able", cast.northside)
    stocked(cast, "hipaa", 1)
    answer = press(alice, "Bob Baker", "Amy Able", tile="hipaa")
    assert Page.of(answer).problems == [
        (
            "You selected 2 people but 1 HIPAA course is available. "
            "Nothing was assigned. Remove 1 person or add seats."
        )
    ]


def test_a_record_shows_all_of_it(alice: Client, cast: Cast) -> None:
    stocked(cast, "hipaa")
    press(alice, "Bob Baker", tile="hipaa")
    page = Page.of(alice.get(f"/p/northside/members/{cast.bob.pk}/"))
    assert "HIPAA for Scribes: assigned" in page.text
    assert "MSCAT Training: not assigned" in page.text


def test_another_practices_assignments_are_not_on_the_line(
    alice: Client, signed_in: Callable[[str], Client], cast: Cast
) -> None:
    stocked(cast, "hipaa", 1)
    press(alice, "Bob Baker", tile="hipaa")
    Sponsorship.objects.filter(member=cast.bob).update(until_on=date(2025, 11, 17))
    Sponsorship.objects.create(
        practice=cast.lakeview,
        member=cast.bob,
        program=BODY,
        from_on=date(2025, 11, 17),
        renewal_mode="manual",
    )
    page = Page.of(signed_in("frank").get("/p/lakeview/assignments/"))
    assert icon(page, "Bob Baker", "HIPAA for Scribes") == "not assigned"


def test_the_person_reads_what_was_assigned_and_when_it_opens(
    alice: Client, bob: Client, cast: Cast
) -> None:
    stocked(cast, "mscat-training")
    stocked(cast, "specialty")
    press(alice, "Bob Baker", tile="mscat-training")
    chosen(alice, Page.of(press(alice, "Bob Baker", tile="specialty")), "oncology")
    page = Page.of(bob.get("/me/"))
    (card,) = (each for each in page.all("section") if "Assigned to you" in each.text)
    assert [item.text for item in card.all("li")] == [
        (
            "Specialty Certification: Oncology Assigned on Nov 17, 2025. "
            "Opens when the exam is published. Assigned"
        ),
        (
            "MSCAT Training Assigned on Nov 17, 2025. "
            "Opens when the course is published. Assigned"
        ),
    ]
    given = Assignment.objects.filter(product__code="mscat-training")
    given.update(state="complete", label="passed 92%")
    assert "MSCAT Training Assigned on Nov 17, 2025. Passed 92%" in (
        Page.of(bob.get("/me/")).text
    )


def test_nothing_assigned_is_no_card(bob: Client) -> None:
    assert "Assigned to you" not in Page.of(bob.get("/me/")).text


def test_a_stranger_is_unknown_before_any_choice_is_asked(
    alice: Client, cast: Cast
) -> None:
    stocked(cast, "specialty")
    for member_id in (cast.charlie.pk, uuid4()):
        fields = {"form_key": "k", "member": str(member_id), "assign": "specialty"}
        assert alice.post(ADDRESS, fields).status_code == 404
