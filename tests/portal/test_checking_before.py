"""Who would be skipped is shown first; going on assigns to the others alone."""

from datetime import date

import pytest
from django.test import Client

from credentials.models import Assignment
from tests.cast import Cast, a_member, given, seats
from tests.matrix.asking import checksum
from tests.portal.pressing import ADDRESS, followed, form, left, press
from tests.portal.reading import Page

pytestmark = pytest.mark.db


@pytest.fixture
def nina(cast: Cast) -> str:
    """Make somebody who is no member yet beside Bob, with seats for both."""
    seats(cast.northside, cast.renewals, 2)
    return a_member("Nina New", cast.northside).name


def test_the_check_names_both_and_assigns_nothing(alice: Client, nina: str) -> None:
    fields = form(alice, "Bob Baker", nina)
    before = checksum()
    page = Page.of(alice.post(ADDRESS, fields))
    assert page.h1 == "1 person is skipped"
    assert "Nothing is assigned yet." in page.text
    reasons = [line.text for line in page.all("p", "gs-reason")]
    assert reasons == [
        "Nina New is not a member yet. Assign Membership first.",
        "Renewal date Nov 3, 2025",
    ]
    assert page.one("button", "gs-btn-primary").text == "Assign to 1"
    assert page.links["Go back, assign nothing"] == ADDRESS
    assert checksum() == before


def test_going_on_assigns_to_the_kept_alone(
    alice: Client, cast: Cast, nina: str
) -> None:
    check = Page.of(press(alice, "Bob Baker", nina))
    fields = check.form_at(ADDRESS)
    page = followed(alice, alice.post(ADDRESS, fields))
    assert page.notices[0].startswith("Bob Baker is now renewed until Nov 17, 2026.")
    assert nina not in page.notices[0]
    assert left(cast.northside, cast.renewals) == 1
    assert not Assignment.objects.filter(member__last_name="New").exists()


def test_going_on_twice_assigns_once(alice: Client, cast: Cast, nina: str) -> None:
    fields = Page.of(press(alice, "Bob Baker", nina)).form_at(ADDRESS)
    for _ in range(2):
        followed(alice, alice.post(ADDRESS, fields))
    assert left(cast.northside, cast.renewals) == 1


def test_what_changes_while_the_check_is_open_is_refused(
    alice: Client, cast: Cast, nina: str
) -> None:
    fields = Page.of(press(alice, "Bob Baker", nina)).form_at(ADDRESS)
    given(cast.renewals, cast.northside, cast.bob)
    answer = alice.post(ADDRESS, fields)
    assert answer.status_code == 409
    assert "changed since you opened this page" in Page.of(answer).problems[0]


def test_confirming_what_no_check_showed_is_still_refused(
    alice: Client, nina: str
) -> None:
    fields = form(alice, "Bob Baker", nina) | {"confirmed": "1"}
    before = checksum()
    answer = alice.post(ADDRESS, fields)
    assert answer.status_code == 409
    assert Page.of(answer).problems == [
        "Nina New is not a member yet. Assign Membership first. Nothing was assigned."
    ]
    assert checksum() == before


def test_too_few_seats_for_the_kept_refuse_after_the_check(
    alice: Client, cast: Cast
) -> None:
    a_member("Nina New", cast.northside)
    fields = Page.of(press(alice, "Bob Baker", "Nina New")).form_at(ADDRESS)
    answer = alice.post(ADDRESS, fields)
    assert answer.status_code == 409
    assert Page.of(answer).problems == [
        (
            "You selected 1 person but 0 renewals are available. Nothing was assigned. "
            "Remove 1 person or add seats."
        )
    ]


@pytest.mark.usefixtures("nina")
def test_with_nobody_to_assign_to_there_is_nothing_to_check(alice: Client) -> None:
    answer = press(alice, "Nina New")
    assert answer.status_code == 409
    page = Page.of(answer)
    assert page.problems == [
        "Nina New is not a member yet. Assign Membership first. Nothing was assigned."
    ]
    assert page.checked == ["Nina New"]


def test_each_of_several_has_a_reason_of_their_own(alice: Client, cast: Cast) -> None:
    early = a_member("Eve Early", cast.northside)
    given(cast.membership, cast.northside, early, today=date(2024, 12, 1))
    given(cast.renewals, cast.northside, early)
    a_member("Nina New", cast.northside)
    page = Page.of(press(alice, "Bob Baker", "Eve Early", "Nina New"))
    assert page.h1 == "2 people are skipped"
    skipped = [line.text for line in page.all("p", "gs-reason")][:2]
    assert skipped == [
        "Eve Early is renewed already, until Dec 1, 2026.",
        "Nina New is not a member yet. Assign Membership first.",
    ]


def test_a_member_is_not_given_membership_again(alice: Client, cast: Cast) -> None:
    a_member("Nina New", cast.northside)
    seats(cast.northside, cast.membership, 1)
    page = Page.of(press(alice, "Bob Baker", "Nina New", tile="membership"))
    assert "Bob Baker is a member already, with renewal date Nov 3, 2025." in page.text
    followed(alice, alice.post(ADDRESS, page.form_at(ADDRESS)))


def test_the_check_leads_back_to_where_it_came_from(
    alice: Client, cast: Cast, nina: str
) -> None:
    at = "?q=b"
    a_member("Billy Bee", cast.northside)
    page = Page.of(
        alice.post(f"{ADDRESS}{at}", form(alice, "Bob Baker", "Billy Bee", at=at))
    )
    assert page.links["Go back, assign nothing"] == f"{ADDRESS}{at}"
    answer = alice.post(f"{ADDRESS}{at}", page.form_at(f"{ADDRESS}{at}"))
    assert answer.headers["Location"] == f"{ADDRESS}{at}"


def test_names_on_the_check_are_text(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    a_member("<i>Ivy</i> & Co", cast.northside)
    page = Page.of(press(alice, "Bob Baker", "<i>Ivy</i> & Co"))
    assert "<i>Ivy</i> & Co is not a member yet." in page.text
