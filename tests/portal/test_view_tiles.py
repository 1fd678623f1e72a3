"""The tiles that open something: exactly one person, their record or certificate."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Sponsorship
from certificates.models import Certificate
from tests.cast import BODY, TODAY, Cast, a_member, given
from tests.matrix.asking import checksum
from tests.portal.pressing import ADDRESS, Fields, followed, form
from tests.portal.reading import Page, said

pytestmark = pytest.mark.db


def view(client: Client, what: str, *names: str) -> Fields:
    """Select people and press View."""
    fields = form(client, *names)
    del fields["assign"]
    return fields | {"view": what}


@pytest.mark.parametrize("what", ["record", "certificate"])
def test_nobody_or_several_selected_is_a_sentence(
    alice: Client, cast: Cast, what: str
) -> None:
    a_member("Amy Able", cast.northside)
    before = checksum()
    for names in ((), ("Amy Able", "Bob Baker")):
        answer = alice.post(ADDRESS, view(alice, what, *names))
        page = Page.of(answer)
        assert answer.status_code == 422
        assert page.problems == [f"Select one person to view their {what}."]
        assert page.checked == list(names)
    assert checksum() == before


def test_one_person_opens_their_record(alice: Client, cast: Cast) -> None:
    page = followed(alice, alice.post(ADDRESS, view(alice, "record", "Bob Baker")))
    assert page.h1 == "Bob Baker"
    assert "Needs renewal now: the renewal date was Nov 3, 2025." in page.text


def test_one_person_opens_their_newest_certificate(alice: Client, cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    newest = Certificate.objects.get(member=cast.bob, valid_from=TODAY)
    answer = alice.post(ADDRESS, view(alice, "certificate", "Bob Baker"))
    led = alice.get(answer.headers["Location"])
    assert led.headers["Location"] == f"/p/northside/certificates/{newest.pk}.pdf"


@pytest.mark.parametrize(
    ("joined", "reason"),
    [
        (None, "Nina New has no membership yet. Assign Membership first."),
        (TODAY, "Nina New: Certificate held: the credential has to be earned."),
    ],
)
def test_without_a_certificate_the_page_says_why(
    alice: Client, cast: Cast, joined: date | None, reason: str
) -> None:
    nina = a_member("Nina New", cast.northside)
    if joined:
        given(cast.membership, cast.northside, nina, today=joined)
    answer = alice.post(ADDRESS, view(alice, "certificate", "Nina New"))
    led = alice.get(answer.headers["Location"])
    page = Page.of(led)
    assert led.status_code == 404
    assert page.h1 == "There is no certificate to view yet."
    assert reason in page.text
    assert page.links["Back to the assignments"] == ADDRESS


@pytest.mark.parametrize("tail", ["", "certificate/"])
def test_somebody_elses_person_is_as_unknown_as_nobody(
    alice: Client, cast: Cast, tail: str
) -> None:
    foreign, missing = (
        alice.get(f"/p/northside/members/{stranger}/{tail}")
        for stranger in (cast.charlie.pk, uuid4())
    )
    assert foreign.status_code == missing.status_code == 404
    assert said(foreign) == said(missing)


def test_a_stranger_in_the_form_is_as_unknown_as_nobody(
    alice: Client, cast: Cast
) -> None:
    for what in ("record", "certificate"):
        fields = view(alice, what, "Bob Baker") | {"member": f"{cast.charlie.pk}.1"}
        led = alice.post(ADDRESS, fields)
        assert alice.get(led.headers["Location"]).status_code == 404


@pytest.mark.parametrize("value", ["abc", "", "{id}.x"])
def test_a_box_that_no_page_made_is_refused(
    alice: Client, cast: Cast, value: str
) -> None:
    fields = view(alice, "record", "Bob Baker")
    fields["member"] = value.format(id=cast.bob.pk)
    answer = alice.post(ADDRESS, fields)
    assert answer.status_code == 422
    assert "Reload the page, then select people again." in Page.of(answer).text


def test_what_a_practice_was_issued_it_may_open_after_somebody_left(
    alice: Client, cast: Cast
) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    Sponsorship.objects.filter(member=cast.bob).update(until_on=TODAY)
    answer = alice.get(f"/p/northside/members/{cast.bob.pk}/certificate/")
    assert answer.status_code == 302
    assert alice.get(answer.headers["Location"]).status_code == 200
    assert alice.get(f"/p/northside/members/{cast.bob.pk}/").status_code == 404


def test_of_somebody_who_left_nothing_new_is_told(alice: Client, cast: Cast) -> None:
    nina = a_member("Nina New", cast.northside)
    Sponsorship.objects.filter(member=nina).update(until_on=TODAY)
    Sponsorship.objects.create(
        practice=cast.lakeview, member=nina, program=BODY, from_on=TODAY
    )
    given(cast.membership, cast.lakeview, nina)
    answer = alice.get(f"/p/northside/members/{nina.pk}/certificate/")
    page = Page.of(answer)
    assert answer.status_code == 404
    assert "Nina New left Northside on Nov 17, 2025." in page.text
    assert "held" not in page.text


def test_a_name_with_signs_keeps_its_link_to_the_page(
    alice: Client, cast: Cast
) -> None:
    odd = a_member("Ann O&M #1 50%", cast.northside)
    page = Page.of(alice.get(f"/p/northside/members/{odd.pk}/"))
    (action,) = page.all("a", "gs-btn-primary")
    back = alice.get(action.attributes["href"])
    assert Page.of(back).names == ["Ann O&M #1 50%"]
