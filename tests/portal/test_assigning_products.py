"""The six products that open something: assigned, chosen, held, and not twice."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import Sponsorship
from credentials.models import Assignment
from tests.cast import BODY, Cast, a_member
from tests.portal.pressing import ADDRESS, followed, form, left, press
from tests.portal.products import UNDO, chosen, icon, stocked
from tests.portal.reading import Page

pytestmark = pytest.mark.db
PLAIN = {
    "mscat-manual": "MSCAT Manual",
    "hipaa": "HIPAA for Scribes",
    "mscat-assessment": "MSCAT Assessment",
    "mscat-training": "MSCAT Training",
}


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


def test_a_double_click_assigns_once_and_says_the_same(
    alice: Client, cast: Cast
) -> None:
    product = stocked(cast, "hipaa")
    fields = form(alice, "Bob Baker", tile="hipaa")
    first, second = (followed(alice, alice.post(ADDRESS, fields)) for _ in range(2))
    assert first.notices == second.notices
    assert left(cast.northside, product) == 2


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
        "Specialty Certification: Oncology Assigned on Nov 17, 2025. Assigned",
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
