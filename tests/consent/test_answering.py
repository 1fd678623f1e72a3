"""The person is asked at their own page and by the mail's link, and answers there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import Invitation, Sponsorship
from core.models import AuditEntry, OutboxMessage
from tests.cast import NOW, Cast
from tests.consent.asking import add, asked, packages, the_link
from tests.matrix.asking import checksum
from tests.portal.reading import Page

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]


def place(invitation: Invitation) -> str:
    """Where somebody who is signed in answers."""
    return f"/me/asked/{invitation.pk}/"


def test_charlie_sees_at_his_page_who_asks_and_what_follows(
    cast: Cast, charlie: Client
) -> None:
    invitation = asked(cast)
    mine = charlie.get("/me/").content.decode()
    assert "Northside would like to add you." in mine
    assert f'href="{place(invitation)}"' in mine
    page = Page.of(charlie.get(place(invitation)))
    assert page.one("h1").text == "Northside would like to add you"
    said = page.one("section").text
    assert "Lakeview stops sponsoring you today" in said
    assert "Northside sponsors you from today" in said
    assert "renewal date" in said


def test_he_joins_and_is_led_home_once(cast: Cast, charlie: Client) -> None:
    invitation = asked(cast)
    answer = charlie.post(place(invitation), {"do": "join"}, follow=True)
    assert "You are on the list of Northside now." in Page.of(answer).notices
    held = cast.charlie.sponsorships.get(until_on=None)
    assert held.practice == cast.northside
    assert charlie.post(place(invitation), {"do": "join"}).status_code == 404
    assert "would like to add you" not in charlie.get("/me/").content.decode()


def test_the_mail_s_link_says_the_same_and_joins_too(
    cast: Cast, charlie: Client
) -> None:
    asked(cast)
    link = the_link(cast.charlie.email)
    page = charlie.get(link).content.decode()
    assert "Lakeview stops sponsoring you today" in page
    # Who has the link alone is told nothing of it.
    assert "Lakeview" not in Client().get(link).content.decode()
    assert charlie.post(link).status_code == 302
    assert cast.charlie.sponsorships.get(until_on=None).practice == cast.northside


def test_he_says_no_and_the_practice_sees_that_alone(
    cast: Cast, charlie: Client, alice: Client
) -> None:
    invitation = asked(cast)
    page = Page.of(charlie.post(place(invitation), {"do": "no"}))
    assert page.one("h1").text == "You said no to Northside"
    assert cast.charlie.sponsorships.get().practice == cast.lakeview
    people = alice.get("/p/northside/settings/people/").content.decode()
    assert "Not accepted" in people
    assert "Lakeview" not in people
    entry = AuditEntry.objects.get(action="invitation.declined")
    assert (entry.actor, entry.user) == ("Charles Chen", None)
    assert charlie.get(place(invitation)).status_code == 404
    assert Client().get(the_link(cast.charlie.email)).status_code == 410


@pytest.mark.parametrize("pressed", [{}, {"do": "maybe"}, {"do": ""}])
def test_neither_yes_nor_no_is_no_answer(
    cast: Cast, charlie: Client, pressed: dict[str, str]
) -> None:
    invitation = asked(cast)
    before = checksum()
    answer = charlie.post(place(invitation), pressed)
    assert answer.status_code == 422
    page = Page.of(answer)
    assert page.problems == ["Choose “Join Northside” or “No, thank you”."]
    assert page.one("h1").text == "Northside would like to add you"
    assert checksum() == before


@pytest.mark.parametrize("known", [True, False])
def test_whoever_has_the_link_can_say_no_with_or_without_an_account(
    cast: Cast, alice: Client, *, known: bool
) -> None:
    email = cast.charlie.email if known else "nobody@mail.example"
    asked(cast, email)
    link = the_link(email)
    page = Client().get(link).content.decode()
    assert f'action="{link}no/"' in page
    assert Client().post(f"{link}no/").status_code == 200
    assert Client().post(f"{link}no/").status_code == 410
    assert "Not accepted" in alice.get("/p/northside/settings/people/").content.decode()


def test_the_same_address_is_asked_again_after_seven_days(
    cast: Cast, alice: Client
) -> None:
    email = "nobody@mail.example"
    data = {"first_name": "Ned", "last_name": "No", "email": email, "program": "acmss"}
    people = "/p/northside/settings/people/"
    alice.post(people, data)
    Client().post(f"{the_link(email)}no/")
    before = checksum()
    answer = alice.post(people, data)
    assert answer.status_code == 422
    [problem] = Page.of(answer).problems
    assert problem == (
        f"{email} did not accept your invitation on Nov 17, 2025. "
        "You can invite them again from Nov 24, 2025 on."
    )
    assert checksum() == before
    with time_machine.travel(NOW + timedelta(days=7, minutes=1), tick=False):
        assert alice.post(people, data).status_code == 302


def test_before_he_agrees_northside_sees_nothing_of_him(
    cast: Cast, alice: Client
) -> None:
    packages(cast.northside)
    add(alice, cast.charlie.email)
    for path in ("assignments/", "reports/", "certificates/", "activity/", "renewals/"):
        shown = alice.get(f"/p/northside/{path}").content.decode()
        assert "Charlie Chen" not in shown
        assert "Lakeview" not in shown
    assert alice.get(f"/p/northside/members/{cast.charlie.pk}/").status_code == 404


def test_the_answer_is_that_of_an_unknown_address(cast: Cast, alice: Client) -> None:
    packages(cast.northside, 4)
    pages = []
    for email in (cast.charlie.email, "unknown@lakeview.example"):
        page = add(alice, email)
        pages.append([each.replace(email, "…") for each in page.notices])
        [icons] = [line.icons[:5] for line in page.lines if "Nina" in line.name]
        pages[-1] += icons
        Sponsorship.objects.filter(member__last_name="New", until_on=None).update(
            until_on=NOW.date()
        )
    assert pages[0] == pages[1]
    letters = OutboxMessage.objects.filter(kind="invite")
    assert letters.count() == 2


def test_somebody_else_s_question_is_no_page(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    invitation = asked(cast)
    for name, status in (("bob", 404), ("alice", 403), ("frank", 403)):
        client = signed_in(name)
        assert client.get(place(invitation)).status_code == status
        assert client.post(place(invitation), {"do": "join"}).status_code == status
    assert cast.charlie.sponsorships.get().practice == cast.lakeview


def test_what_can_t_be_joined_is_said_with_the_way_out(
    cast: Cast, charlie: Client
) -> None:
    invitation = asked(cast)
    assert invitation.member is not None
    Sponsorship.objects.create(
        practice=cast.northside,
        member=invitation.member,
        program="another",
        from_on=NOW.date(),
    )
    answer = charlie.post(place(invitation), {"do": "join"})
    assert answer.status_code == 409
    assert "Ask your certifying body" in Page.of(answer).problems[0]
