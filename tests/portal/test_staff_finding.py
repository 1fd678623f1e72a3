"""A body's staff find its members, and nobody else does."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import Sponsorship, StaffRole
from certificates.models import Certificate
from credentials.models import Certification
from tests.cast import OTHER_BODY, TODAY, Cast, a_member, certify
from tests.portal.crowd import crowd
from tests.portal.reading import Page

pytestmark = pytest.mark.db
ADDRESS = "/staff/acmss/"


def found(client: Client, **query: str) -> list[str]:
    """Search, and give the names in order."""
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    page = Page.of(answer)
    return [row.one("a").text for row in page.all("th", scope="row")]


def test_everybody_of_the_program_is_there_whoever_sponsors_them(
    erin: Client, cast: Cast
) -> None:
    certify(a_member("Sue Self", None))
    a_member("Otto Other", cast.northside, program=OTHER_BODY)
    a_member("Nobody Knows", None)
    page = Page.of(erin.get(ADDRESS))
    assert found(erin) == ["Bob Baker", "Charlie Chen", "Sue Self"]
    assert page.h1 == "Members"
    assert "3 members." in page.text
    assert "None: pays alone" in page.text


def test_who_left_stays_the_bodys_member(erin: Client, cast: Cast) -> None:
    Sponsorship.objects.filter(member=cast.bob).update(until_on=TODAY)
    assert "Bob Baker" in found(erin)


def test_a_member_is_found_by_name_address_and_either_number(
    erin: Client, cast: Cast
) -> None:
    credential = Certification.objects.get(member=cast.bob)
    certificate = Certificate.objects.get(member=cast.bob)
    for q in (
        "bob",
        "BAKER bo",
        cast.bob.email,
        cast.bob.email.partition("@")[2],
        credential.number,
        credential.number.lower(),
        certificate.number,
    ):
        assert found(erin, q=q) == ["Bob Baker"], q


@pytest.mark.parametrize(
    "q", ["%", "_", "'; --", "\\", "nobody", "bob charlie", "\N{DIZZY SYMBOL}"]
)
def test_what_nobody_is_called_finds_nobody(erin: Client, q: str) -> None:
    assert found(erin, q=q) == []
    page = Page.of(erin.get(ADDRESS, {"q": q}))
    assert "0 members found." in page.text
    assert page.links["Show everybody"] == "?"


@pytest.mark.parametrize("query", [f"q={'x' * 20_000}", "page=x"])
def test_no_search_breaks_the_page(erin: Client, query: str) -> None:
    assert erin.get(f"{ADDRESS}?{query}").status_code == 200


def test_nobody_stands_there_twice(erin: Client, cast: Cast) -> None:
    Certification.objects.create(
        member=cast.bob,
        program="acmss",
        code="OTHER",
        number="BOB-2",
        earned_on=date(2024, 1, 1),
        proof="x",
        recorded_by="tests",
        recorded_at="2025-01-01T00:00Z",
    )
    assert found(erin, q="bob") == ["Bob Baker"]


def test_fifty_members_fill_a_page(erin: Client, cast: Cast) -> None:
    crowd(cast.northside, 60)
    first, second = found(erin), found(erin, page="2")
    assert (len(first), len(second)) == (50, 12)
    assert not set(first) & set(second)
    assert found(erin, page="99") == second
    page = Page.of(erin.get(ADDRESS, {"q": "person", "page": "1"}))
    assert page.links["Next page"] == "?q=person&page=2"


def test_another_bodys_member_is_not_found(erin: Client, cast: Cast) -> None:
    otto = a_member("Otto Other", cast.northside, program=OTHER_BODY)
    assert erin.get(f"{ADDRESS}members/{otto.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["rita", "alice", "bob", "sam", "frank"])
@pytest.mark.parametrize("tail", ["", "seats/", "members/{bob}/"])
def test_staff_of_another_body_and_everybody_else_find_nothing(
    today: date, cast: Cast, signed_in: Callable[[str], Client], name: str, tail: str
) -> None:
    address = f"{ADDRESS}{tail}".format(bob=cast.bob.pk)
    assert signed_in(name).get(address).status_code == 404


@pytest.mark.parametrize("tail", ["", "seats/", "members/{bob}/"])
def test_a_body_without_a_policy_has_no_pages(
    today: date, cast: Cast, signed_in: Callable[[str], Client], tail: str
) -> None:
    StaffRole.objects.filter(user=cast.rita).update(role="manager")
    a_member("Otto Other", cast.northside, program=OTHER_BODY)
    bob = Sponsorship.objects.get(program=OTHER_BODY).member_id
    address = f"/staff/{OTHER_BODY}/{tail}".format(bob=bob)
    assert signed_in("rita").get(address).status_code == 404


def test_a_members_page_shows_what_staff_decide_by(erin: Client, cast: Cast) -> None:
    page = Page.of(erin.get(f"{ADDRESS}members/{cast.bob.pk}/"))
    assert page.h1 == "Bob Baker"
    assert "3.0 of 3.0 CME this term." in page.text
    headings = [heading.text for heading in page.all("h2")]
    assert "Record an accepted activity" in headings
    assert "Record a certification" not in headings


def test_a_manager_sees_the_form_for_credentials(mona: Client, cast: Cast) -> None:
    page = Page.of(mona.get(f"{ADDRESS}members/{cast.bob.pk}/"))
    headings = [heading.text for heading in page.all("h2")]
    assert "Record a certification" in headings
