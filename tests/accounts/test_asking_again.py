"""Asking for a new link in place of one that has ended."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import Practice
from accounts.services import end_sponsorship
from core.models import OutboxMessage
from tests.accounts.reading import DANA, FRESH, invited, link_to, mails_to, said
from tests.cast import NOW, TESTER, TODAY, a_member

pytestmark = [
    pytest.mark.db,
    pytest.mark.django_db,
    pytest.mark.usefixtures("in_november"),
]


def test_an_expired_link_is_sent_anew_to_the_same_address(
    link: str, in_november: time_machine.Traveller
) -> None:
    in_november.shift(timedelta(days=8))
    gone = Client().get(link)
    assert f'action="{link}new/"' in gone.content.decode()

    answer = Client().post(f"{link}new/")

    assert answer.status_code == 200
    assert mails_to(DANA) == 2
    assert link_to(DANA) != link
    assert Client().get(link_to(DANA)).status_code == 200


def test_asking_anew_answers_alike_and_mails_only_where_it_must(
    northside: Practice,
) -> None:
    used = invited(northside, "one@mail.example")
    Client().post(used, {"password": FRESH})
    usable = invited(northside, "two@mail.example")
    before = OutboxMessage.objects.count()

    answers = [
        Client().post(f"{link}new/")
        for link in (used, usable, f"/accounts/invite/{'x' * 43}/")
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert len({said(answer) for answer in answers}) == 1
    assert OutboxMessage.objects.count() == before
    assert Client().get(usable).status_code == 200


def test_asking_anew_is_limited(link: str, in_november: time_machine.Traveller) -> None:
    in_november.shift(timedelta(days=8))

    answers = [Client().post(f"{link}new/").status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]
    assert mails_to(DANA) == 4


def test_leaving_the_list_ends_an_open_invitation(northside: Practice) -> None:
    bob = a_member("Bob Baker", northside)
    link = invited(northside, bob.email, bob)

    end_sponsorship(
        actor=TESTER,
        sponsorship=bob.sponsorships.get(),
        reason="left",
        today=TODAY,
        now=NOW,
    )

    assert Client().get(link).status_code == 410
    Client().post(f"{link}new/")
    assert mails_to(bob.email) == 1
