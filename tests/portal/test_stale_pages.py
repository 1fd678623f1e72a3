"""A page left open: what changed meanwhile is told, and nothing is assigned."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import Administration, Sponsorship
from tests.cast import NOW, TODAY, Cast, a_member, given, seats
from tests.matrix.asking import checksum
from tests.portal.pressing import ADDRESS, followed, form, left
from tests.portal.reading import Page

pytestmark = pytest.mark.db


def test_somebody_who_left_meanwhile_is_named(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    fields = form(alice, "Bob Baker")
    Sponsorship.objects.filter(member=cast.bob).update(until_on=TODAY)
    before = checksum()
    answer = alice.post(ADDRESS, fields)
    assert answer.status_code == 409
    assert Page.of(answer).problems == [
        (
            "Bob Baker left Northside on Nov 17, 2025. Nothing was assigned. "
            "Take them out of the selection."
        )
    ]
    assert checksum() == before


def test_who_left_is_not_passed_over_beside_somebody_who_is_skipped(
    alice: Client, cast: Cast
) -> None:
    a_member("Nina New", cast.northside)
    fields = form(alice, "Bob Baker", "Nina New")
    Sponsorship.objects.filter(member=cast.bob).update(until_on=TODAY)
    answer = alice.post(ADDRESS, fields)
    assert answer.status_code == 409
    assert "Bob Baker left Northside" in Page.of(answer).problems[0]


def test_a_page_left_open_is_told_what_changed(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 2)
    old = form(alice, "Bob Baker")
    given(cast.renewals, cast.northside, cast.bob)
    before = checksum()
    answer = alice.post(ADDRESS, old)
    page = Page.of(answer)
    assert answer.status_code == 409
    assert page.problems == [
        (
            "Bob Baker's membership changed since you opened this page. Nothing was "
            "assigned. Check the new date, then assign again."
        )
    ]
    assert page.checked == ["Bob Baker"]
    assert page.lines[0].date == ("plain", "Nov 17, 2026")
    assert checksum() == before


def test_of_two_tabs_the_second_is_refused(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 2)
    one, two = form(alice, "Bob Baker"), form(alice, "Bob Baker")
    followed(alice, alice.post(ADDRESS, one))
    answer = alice.post(ADDRESS, two)
    assert answer.status_code == 409
    assert "changed since you opened this page" in Page.of(answer).problems[0]
    assert left(cast.northside, cast.renewals) == 1


def test_a_page_sent_again_with_other_people_is_refused(
    alice: Client, cast: Cast
) -> None:
    amy = a_member("Amy Able", cast.northside)
    given(cast.membership, cast.northside, amy, today=date(2024, 11, 3))
    seats(cast.northside, cast.renewals, 2)
    one, other = form(alice, "Bob Baker"), form(alice, "Amy Able")
    followed(alice, alice.post(ADDRESS, one))
    answer = alice.post(ADDRESS, other | {"form_key": one["form_key"]})
    assert answer.status_code == 409
    assert Page.of(answer).problems == [
        (
            "This page was used already. Nothing was assigned. "
            "Reload it, then select people again."
        )
    ]


@pytest.mark.parametrize("key", ["", "\x00", "a\x00b", "x" * 5_000, "'\"<>"])
def test_a_form_key_that_no_page_made_breaks_nothing(
    alice: Client, cast: Cast, key: str
) -> None:
    seats(cast.northside, cast.renewals, 1)
    fields = form(alice, "Bob Baker") | {"form_key": key}
    followed(alice, alice.post(ADDRESS, fields))
    assert left(cast.northside, cast.renewals) == 0


def test_who_is_no_administrator_any_more_assigns_nothing(
    alice: Client, cast: Cast
) -> None:
    seats(cast.northside, cast.renewals, 1)
    fields = form(alice, "Bob Baker")
    Administration.objects.filter(user=cast.alice).update(until_at=NOW)
    before = checksum()
    assert alice.post(ADDRESS, fields).status_code == 404
    assert checksum() == before
