"""Editing a member's details, removing them, and the practice's own details: pages."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import Member, Sponsorship
from core.models import AuditEntry
from tests.cast import Cast, a_member, given
from tests.portal.reading import Page

pytestmark = pytest.mark.db


@pytest.fixture
def eve(cast: Cast) -> Member:
    """Somebody of Northside without an account, in a term until Dec 1, 2025."""
    member = a_member("Eve Ellis", cast.northside)
    given(cast.membership, cast.northside, member, today=date(2024, 12, 2))
    return member


def edit_of(member: Member) -> str:
    """Where a member's details are edited."""
    return f"/p/northside/members/{member.pk}/edit/"


def sent(page: Page, **typed: str) -> dict[str, str]:
    """What a browser sends from the page's form, with some of it typed anew."""
    form = page.one("form", novalidate="")
    fields = {
        each.attributes["name"]: each.attributes.get("value", "")
        for each in form.all("input")
        if each.attributes["name"] != "csrfmiddlewaretoken"
    }
    fields |= {each.attributes["name"]: each.text for each in form.all("textarea")}
    return fields | typed


def test_what_is_saved_stands_on_the_record(alice: Client, eve: Member) -> None:
    page = Page.of(alice.get(edit_of(eve)))
    typed = sent(page, phone="714 555 0100", job_role="CMA", address="12 Elm\nOrange")
    answer = alice.post(edit_of(eve), typed, follow=True)
    record = Page.of(answer)
    assert "Saved." in record.text
    facts = record.one("section", **{"aria-labelledby": "standing"}).text
    for said in ("Phone 714 555 0100", "Job role CMA", "Address 12 Elm Orange"):
        assert said in facts


def test_a_bad_address_stands_beside_its_field_and_nothing_is_lost(
    alice: Client, eve: Member
) -> None:
    page = Page.of(alice.get(edit_of(eve)))
    typed = sent(page, email="eve at home", phone="714 555 0100")
    answer = alice.post(edit_of(eve), typed)
    assert answer.status_code == 422
    again = Page.of(answer)
    assert "Enter an e-mail address" in again.text
    assert sent(again)["phone"] == "714 555 0100"
    eve.refresh_from_db()
    assert eve.phone == ""


def test_a_hidden_character_is_refused_before_the_database(
    alice: Client, eve: Member
) -> None:
    page = Page.of(alice.get(edit_of(eve)))
    answer = alice.post(edit_of(eve), sent(page, phone="714\x00555"))
    assert answer.status_code == 422
    assert "hidden character" in Page.of(answer).text


def test_a_page_that_is_too_old_says_so_and_can_be_sent_again(
    alice: Client, eve: Member
) -> None:
    first = sent(Page.of(alice.get(edit_of(eve))), phone="714 555 0100")
    second = sent(Page.of(alice.get(edit_of(eve))), phone="714 555 0199")
    alice.post(edit_of(eve), first)
    answer = alice.post(edit_of(eve), second)
    assert answer.status_code == 409
    page = Page.of(answer)
    assert "Somebody changed this since you opened the page." in page.text
    assert alice.post(edit_of(eve), sent(page)).status_code == 302
    eve.refresh_from_db()
    assert eve.phone == "714 555 0199"


def test_somebody_with_an_account_keeps_their_address(
    alice: Client, cast: Cast
) -> None:
    page = Page.of(alice.get(edit_of(cast.bob)))
    assert "only they change this" in page.text
    before = cast.bob.email
    typed = sent(page, email="taken@over.example", phone="714 555 0100")
    assert alice.post(edit_of(cast.bob), typed).status_code == 302
    cast.bob.refresh_from_db()
    assert (cast.bob.email, cast.bob.phone) == (before, "714 555 0100")


def test_somebody_of_another_practice_is_not_there(alice: Client, cast: Cast) -> None:
    for page in ("edit", "remove"):
        where = f"/p/northside/members/{cast.charlie.pk}/{page}/"
        assert alice.get(where).status_code == 404
        assert alice.post(where, {"reason": "x"}).status_code == 404


def test_removing_says_what_follows_and_then_does_it(
    alice: Client, eve: Member
) -> None:
    where = f"/p/northside/members/{eve.pk}/remove/"
    page = Page.of(alice.get(where))
    assert "Nov 17, 2025 is Eve's last day on your list." in page.text
    assert "You no longer renew it on Dec 2, 2025." in page.text
    answer = alice.post(where, sent(page, reason="Moved away"), follow=True)
    assert "Eve Ellis is off your list." in Page.of(answer).text
    held = Sponsorship.objects.get(member=eve)
    assert held.until_on == date(2025, 11, 17)
    entry = AuditEntry.objects.get(action="member.removed")
    assert entry.reason == "Moved away"
    assert alice.get(f"/p/northside/members/{eve.pk}/").status_code == 404
    assert alice.post(where, {"reason": "again"}).status_code == 404


def test_the_practice_is_renamed_on_its_settings(alice: Client, cast: Cast) -> None:
    where = "/p/northside/settings/practice/"
    page = Page.of(alice.get(where))
    answer = alice.post(where, sent(page, name="Northside Clinic"), follow=True)
    assert "Saved." in Page.of(answer).text
    assert "Northside Clinic, practice settings" in Page.of(answer).text
    late = alice.post(where, sent(page, name="Northside Group"))
    assert late.status_code == 409
    empty = alice.post(where, sent(Page.of(late), name=" "))
    assert empty.status_code == 422
    assert "Enter the name of the practice." in Page.of(empty).text
