"""The member record: everything about one person, in eight statements."""

import pytest
from django.test import Client

from tests.cast import TODAY, Cast, a_member, a_practice, credit, given
from tests.portal.reading import Page
from tests.portal.statements import statements

pytestmark = pytest.mark.db


def test_somebody_who_has_nothing_yet_has_a_record(alice: Client, cast: Cast) -> None:
    nora = a_member("Nora North", cast.northside)
    place = f"/p/northside/members/{nora.pk}/"
    page = Page.of(alice.get(place))
    assert page.one("h1").text == "Nora North"
    assert "No term yet." in alice.get(place).content.decode()
    assert len(statements(alice, place)) <= 8


@pytest.mark.parametrize("mode", ["auto", "manual"])
def test_a_renewal_date_that_has_passed_costs_no_more(
    alice: Client, cast: Cast, mode: str
) -> None:
    cast.bob.sponsorships.update(renewal_mode=mode)
    assert len(statements(alice, f"/p/northside/members/{cast.bob.pk}/")) == 8


def test_continuing_education_stands_by_term(alice: Client, cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    credit(cast.bob, "0.5", on=TODAY)
    credit(cast.bob, "1.5", on=TODAY.replace(year=2020))
    said = alice.get(f"/p/northside/members/{cast.bob.pk}/").content.decode()
    for words in (
        "Continuing education, Term Nov 17, 2025 to Nov 16, 2026",
        "Continuing education, Term Nov 3, 2024 to Nov 2, 2025",
        "Continuing education, Outside any term",
        "0.5 CME",
        "3.0 CME",
        "1.5 CME",
    ):
        assert words in said


def test_another_practice_s_certificates_are_not_listed(
    alice: Client, cast: Cast
) -> None:
    elsewhere = a_practice("Cedar")
    member = a_member("Nora North", elsewhere)
    given(cast.membership, elsewhere, member)
    member.sponsorships.update(until_on=TODAY)
    cast.northside.sponsorships.create(member=member, program="acmss", from_on=TODAY)
    page = alice.get(f"/p/northside/members/{member.pk}/").content.decode()
    assert "Nov 17, 2025 to Nov 16, 2026" in page
    assert "None issued yet." in page
