"""Accepting an invitation: once, in time, by setting a password."""

import threading
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from accounts.models import Invitation, Member, Practice, Sponsorship, User
from core.models import AuditEntry
from tests.accounts.reading import (
    DANA,
    FRESH,
    headers,
    invited,
    said,
    sign_in,
)
from tests.cast import BODY, NOW, TODAY, a_member

pytestmark = [
    pytest.mark.db,
    pytest.mark.django_db,
    pytest.mark.usefixtures("in_november"),
]


def test_dana_sets_a_password_and_is_on_the_list(
    link: str, northside: Practice
) -> None:
    client = Client()
    page = client.get(link)
    answer = client.post(link, {"password": FRESH})

    assert page.status_code == 200
    assert "Welcome, Dana Diaz" in said(page)
    assert answer.status_code == 302
    assert answer["Location"] == "/home/"
    user = User.objects.get(email=DANA)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.name == "Dana Diaz"
    member = Member.objects.get(user=user)
    assert member.name == "Dana Diaz"
    sponsorship = Sponsorship.objects.get(member=member)
    assert (sponsorship.practice, sponsorship.program) == (northside, BODY)
    assert (sponsorship.from_on, sponsorship.until_on) == (TODAY, None)
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == (DANA, True, True)
    entry = AuditEntry.objects.get(action="invitation.accepted")
    assert (entry.user, entry.member, entry.practice) == (user, member, northside)
    assert sign_in(Client(), DANA, FRESH).status_code == 302


def test_somebody_on_the_list_keeps_their_record(northside: Practice) -> None:
    bob = a_member("Bob Baker", northside)
    link = invited(northside, bob.email, bob)

    Client().post(link, {"password": FRESH})

    bob.refresh_from_db()
    assert bob.user is not None
    assert bob.user.email == bob.email
    assert Member.objects.count() == Sponsorship.objects.count() == 1


def test_a_closed_account_s_address_is_told_the_way_out(
    northside: Practice, link: str
) -> None:
    User.objects.create_user(DANA, name="Dana Diaz", is_active=False)
    client = Client()
    page = client.get(link)
    assert page.status_code == 200
    assert "The account of this address is closed" in said(page)
    assert "ask Northside to invite that address" in said(page)
    assert client.post(link, {"password": FRESH}).status_code == 409
    assert not Sponsorship.objects.exists()
    assert Invitation.objects.get().accepted_at is None


def test_a_link_is_used_once(link: str) -> None:
    Client().post(link, {"password": FRESH})

    again = Client().get(link)
    posted = Client().post(link, {"password": "another long password"})

    assert again.status_code == posted.status_code == 410
    assert "This invitation has ended" in said(again)
    assert User.objects.count() == 1
    assert sign_in(Client(), DANA, FRESH).status_code == 302


def test_used_expired_replaced_and_unknown_links_are_answered_alike(
    northside: Practice, in_november: time_machine.Traveller
) -> None:
    used = invited(northside, "one@mail.example")
    Client().post(used, {"password": FRESH})
    expired = invited(northside, "two@mail.example")
    replaced = invited(northside, "three@mail.example")
    Invitation.objects.filter(email="three@mail.example").update(replaced_at=NOW)
    unknown = f"/accounts/invite/{'x' * 43}/"
    odd = "/accounts/invite/%ff%F0%9F%98%80/"
    in_november.shift(timedelta(days=7))

    answers = [Client().get(link) for link in (used, expired, replaced, unknown, odd)]

    for answer in answers:
        assert answer.status_code == 410
        assert said(answer) == said(answers[0])
        assert headers(answer) == headers(answers[0])


@pytest.mark.parametrize(("minutes", "status"), [(-1, 200), (0, 410)])
def test_a_link_works_for_seven_days(
    link: str, in_november: time_machine.Traveller, minutes: int, status: int
) -> None:
    in_november.shift(timedelta(days=7, minutes=minutes))

    assert Client().get(link).status_code == status


def test_the_page_keeps_the_secret_out_of_caches_and_referrers(link: str) -> None:
    for path in (link, f"/accounts/invite/{'x' * 43}/"):
        answer = Client().get(path)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert '<meta name="referrer" content="same-origin">' in said(answer)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "at least 12 characters"),
        ("", "Enter a password."),
        (DANA, "too much like your e-mail"),
    ],
)
def test_a_weak_password_leaves_the_link_unused(
    link: str, password: str, words: str
) -> None:
    answer = Client().post(link, {"password": password})

    assert answer.status_code == 422
    assert words in said(answer)
    assert not User.objects.exists()
    assert Client().post(link, {"password": FRESH}).status_code == 302


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_presses_at_once_make_one_account(northside: Practice) -> None:
    link = invited(northside, DANA)
    ready = threading.Barrier(8)
    statuses: list[int] = []

    def press() -> None:
        try:
            ready.wait()
            statuses.append(Client().post(link, {"password": FRESH}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(statuses) == 8
    assert statuses.count(302) == 1
    assert User.objects.count() == Member.objects.count() == 1
    assert Sponsorship.objects.count() == 1
