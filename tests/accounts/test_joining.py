"""Joining a practice with the account one has: only by agreeing."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Invitation, Member, Practice, Sponsorship, User
from accounts.services import accept_as
from core.failures import Missing
from tests.accounts.reading import DANA, FRESH, invited, said, sign_in
from tests.cast import NOW, PASSWORD, TODAY, a_user

pytestmark = [
    pytest.mark.db,
    pytest.mark.django_db,
    pytest.mark.usefixtures("in_november"),
]


def test_charlie_joins_with_the_account_he_has_only_when_he_agrees(
    northside: Practice,
) -> None:
    charlie = a_user("Charlie Chen")
    link = invited(northside, charlie.email)
    client = Client()

    asked = client.get(link)
    assert f'href="/accounts/login/?next={link}"' in asked.content.decode()
    assert client.post(link, {"password": FRESH}).status_code == 200
    assert not Sponsorship.objects.exists()
    data = {"login": charlie.email, "password": PASSWORD, "next": link}
    assert client.post("/accounts/login/", data)["Location"] == link
    assert "Join Northside" in said(client.get(link))
    assert not Sponsorship.objects.exists()

    answer = client.post(link)

    assert answer.status_code == 302
    assert charlie.check_password(PASSWORD)
    member = Member.objects.get(user=charlie)
    assert Sponsorship.objects.get().member == member
    assert client.get(link).status_code == 410


def test_joining_ends_whatever_else_is_open(northside: Practice) -> None:
    """A former practice's provider may have opened one (or a browser left behind)."""
    charlie = a_user("Charlie Chen")
    link = invited(northside, charlie.email)
    here, elsewhere = Client(), Client()
    for each in (here, elsewhere):
        sign_in(each, charlie.email)

    here.post(link)

    assert Sponsorship.objects.of(northside).exists()
    assert here.get("/accounts/password/change/").status_code == 200
    assert elsewhere.get("/accounts/password/change/").status_code == 302


@pytest.mark.parametrize("known", [True, False])
def test_somebody_else_who_is_signed_in_cannot_accept(
    northside: Practice, *, known: bool
) -> None:
    email = a_user("Charlie Chen").email if known else DANA
    link = invited(northside, email)
    mallory = Client()
    sign_in(mallory, a_user("Mallory Moon").email)

    page = mallory.get(link)
    answer = mallory.post(link, {"password": FRESH})

    assert "This invitation is for somebody else" in said(page)
    assert answer.status_code == 409
    assert not Sponsorship.objects.exists()
    out = mallory.post("/accounts/logout/", {"next": link})
    assert out["Location"] == link


def test_an_account_made_meanwhile_is_joined_not_doubled(
    northside: Practice, link: str
) -> None:
    tab = Client()
    tab.get(link)
    User.objects.create_user(DANA, PASSWORD, name="Dana Diaz")

    answer = tab.post(link, {"password": FRESH})

    assert "Sign in to join" in said(answer)
    assert User.objects.count() == 1
    assert not Sponsorship.objects.exists()


def test_a_page_left_open_joins_nobody_twice_late_or_in_anothers_name(
    northside: Practice,
) -> None:
    charlie, mallory = a_user("Charlie Chen"), a_user("Mallory Moon")
    invited(northside, charlie.email)
    held = Invitation.objects.get()

    def accept(user: User, days: int = 0) -> None:
        later = NOW + timedelta(days=days)
        accept_as(invitation=held, user=user, today=TODAY, now=later)

    for user, days in ((mallory, 0), (charlie, 7)):
        with pytest.raises(Missing):
            accept(user, days)
    accept(charlie)
    with pytest.raises(Missing):
        accept(charlie)

    assert Sponsorship.objects.get().member.user == charlie
