"""Inviting somebody from the people page, and sending the invitation again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from accounts.models import Invitation, Member, Practice, User
from core.models import AuditEntry, OutboxMessage
from tests.accounts.reading import link_to, mails_to, said
from tests.cast import BODY, NOW, a_member, a_practice, a_user, an_administrator
from tests.signing import open_session

pytestmark = pytest.mark.django_db
PAGE = "/p/northside/settings/people/"
DANA = {"first_name": "Dana", "last_name": "Diaz", "email": "dana@mail.example"}
Asked = Callable[..., Any]


def test_alice_invites_dana(browser: Client, northside: Practice, alice: User) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = browser.post(PAGE, DANA, follow=True)

    text = said(answer)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Invitation sent to dana@mail.example." in text
    assert "Invited until Nov 24, 2025" in text
    invitation = Invitation.objects.get()
    assert invitation.practice == northside
    assert invitation.program == BODY
    assert invitation.expires_at == NOW + timedelta(days=7)
    message = OutboxMessage.objects.get()
    assert message.kind == "invite"
    assert message.subject_id == invitation.pk
    assert message.practice == northside
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.user) == ("member.invited", alice)
    assert entry.sentence == "Invited Dana Diaz"


def test_only_the_fingerprint_of_the_link_is_kept(browser: Client) -> None:
    browser.post(PAGE, DANA)

    token = link_to(DANA["email"]).split("/")[3]
    invitation = Invitation.objects.get()
    assert len(token) >= 40
    assert token not in str(invitation.__dict__)
    assert token not in str(AuditEntry.objects.values())


def test_an_address_known_elsewhere_is_answered_like_an_unknown_one(
    browser: Client,
) -> None:
    lakeview = a_practice("Lakeview")
    charlie = a_member("Charlie Chen", lakeview, user=a_user("Charlie Chen"))
    unknown = said(browser.post(PAGE, DANA, follow=True))
    Invitation.objects.all().delete()

    known = said(browser.post(PAGE, DANA | {"email": charlie.email}, follow=True))

    def plain(text: str, email: str) -> str:
        found = Invitation.objects.get()
        return text.replace(email, "…").replace(str(found.pk), "…")

    first = unknown.replace(DANA["email"], "…")
    assert "Invitation sent to …." in first
    assert len(first.splitlines()) == len(plain(known, charlie.email).splitlines())
    assert "Lakeview" not in known
    assert "Charlie" not in known


def test_inviting_the_same_address_again_ends_the_former_link(browser: Client) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        browser.post(PAGE, DANA)
        former = link_to(DANA["email"])
        clock.shift(timedelta(hours=1))
        browser.post(PAGE, DANA)
        fresh = link_to(DANA["email"])

        assert fresh != former
        assert Client().get(former).status_code == 410
        assert Client().get(fresh).status_code == 200
    assert mails_to(DANA["email"]) == 2


def test_a_double_click_invites_once(browser: Client) -> None:
    first = browser.post(PAGE, DANA)
    second = browser.post(PAGE, DANA)

    assert first.status_code == second.status_code == 302
    assert Invitation.objects.count() == 1
    assert mails_to(DANA["email"]) == 1
    assert AuditEntry.objects.count() == 1


def test_sending_again_ends_the_former_link(browser: Client) -> None:
    browser.post(PAGE, DANA)
    former = link_to(DANA["email"])
    sent = Invitation.objects.get()

    answer = browser.post(f"{PAGE}invitations/{sent.pk}/", follow=True)

    assert "Invitation sent to dana@mail.example." in said(answer)
    assert Client().get(former).status_code == 410
    assert Client().get(link_to(DANA["email"])).status_code == 200
    assert mails_to(DANA["email"]) == 2
    last = AuditEntry.objects.latest("at")
    assert last.sentence == "Invited Dana Diaz again"


def test_pressing_send_again_twice_sends_one_mail(browser: Client) -> None:
    browser.post(PAGE, DANA)
    sent = Invitation.objects.get()

    for _ in range(2):
        browser.post(f"{PAGE}invitations/{sent.pk}/")

    assert mails_to(DANA["email"]) == 2
    assert Client().get(link_to(DANA["email"])).status_code == 200


def test_an_answered_invitation_is_not_sent_again(browser: Client) -> None:
    browser.post(PAGE, DANA)
    sent = Invitation.objects.get()
    Invitation.objects.update(accepted_at=NOW)

    answer = browser.post(f"{PAGE}invitations/{sent.pk}/", follow=True)

    assert "dana@mail.example has answered" in said(answer)
    assert mails_to(DANA["email"]) == 1


def test_somebody_on_the_list_is_invited_without_typing(
    browser: Client, northside: Practice
) -> None:
    bob = a_member("Bob Baker", northside)
    page = said(browser.get(PAGE))
    assert "No account" in page
    assert f"{PAGE}members/{bob.pk}/" in page

    browser.post(f"{PAGE}members/{bob.pk}/")

    invitation = Invitation.objects.get()
    assert invitation.member == bob
    assert invitation.email == bob.email
    assert "Invited until" in said(browser.get(PAGE))


def test_inviting_the_address_of_somebody_on_the_list_means_them(
    browser: Client, northside: Practice
) -> None:
    bob = a_member("Bob Baker", northside)

    browser.post(PAGE, DANA | {"email": bob.email.upper()})

    assert Invitation.objects.get().member == bob


def test_a_corrected_address_ends_the_link_that_went_to_the_wrong_one(
    browser: Client, northside: Practice
) -> None:
    bob = a_member("Bob Baker", northside)
    browser.post(f"{PAGE}members/{bob.pk}/")
    wrong = link_to(bob.email)
    Member.objects.filter(pk=bob.pk).update(email="right@mail.example")

    browser.post(f"{PAGE}members/{bob.pk}/")

    assert Client().get(wrong).status_code == 410
    assert Client().get(link_to("right@mail.example")).status_code == 200


def test_somebody_on_the_list_with_an_account_is_not_invited(
    browser: Client, northside: Practice
) -> None:
    bob = a_member("Bob Baker", northside, user=a_user("Bob Baker"))

    answer = browser.post(PAGE, DANA | {"email": bob.email})

    assert answer.status_code == 409
    assert "Bob Baker is on your list and has an account." in said(answer)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("first_name", "", "Enter a first name."),
        ("last_name", "   ", "Enter a last name."),
        ("first_name", "Da\nna", "in one line"),
        ("first_name", "Da\u2028na", "in one line"),
        ("last_name", "x" * 101, "100 characters"),
        ("email", "dana", "Enter an e-mail address such as"),
        ("email", "dana@mail.example\nBcc: a@b.example", "Enter an e-mail address"),
        ("email", f"{'x' * 250}@mail.example", "characters"),
        ("email", "", "Enter an e-mail address."),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(
    browser: Client, field: str, value: str, words: str
) -> None:
    answer = browser.post(PAGE, DANA | {field: value})

    assert answer.status_code == 422
    assert words in said(answer)
    assert field in answer.context["form"].errors
    assert not Invitation.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_name_in_any_script_is_kept_as_typed(browser: Client) -> None:
    browser.post(PAGE, DANA | {"first_name": "  Zoë <b>", "last_name": "李 & O'Neil"})

    invitation = Invitation.objects.get()
    assert (invitation.first_name, invitation.last_name) == ("Zoë <b>", "李 & O'Neil")
    page = said(browser.get(PAGE))
    assert "Zoë &lt;b&gt; 李 &amp; O&#x27;Neil" in page


def test_another_practices_people_are_not_found(browser: Client) -> None:
    lakeview = a_practice("Lakeview")
    charlie = a_member("Charlie Chen", lakeview)
    frank = an_administrator("Frank Foster", lakeview)
    theirs = open_session(Client(), frank)
    theirs.post("/p/lakeview/settings/people/", DANA)
    sent = Invitation.objects.get()

    for path in (
        f"{PAGE}members/{charlie.pk}/",
        f"{PAGE}members/{uuid4()}/",
        f"{PAGE}invitations/{sent.pk}/",
        f"{PAGE}invitations/{uuid4()}/",
    ):
        assert browser.post(path).status_code == 404
    assert OutboxMessage.objects.count() == 1
    assert "Charlie" not in said(browser.get(PAGE))
