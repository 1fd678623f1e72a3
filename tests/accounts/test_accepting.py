"""Accepting an invitation: once, in time, by the person it was sent to."""

import threading
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from accounts.models import Invitation, Member, Practice, Sponsorship, User
from accounts.services import end_sponsorship, invite
from core.models import AuditEntry, OutboxMessage
from tests.accounts.reading import headers, link_to, mails_to, said, sign_in
from tests.cast import BODY, NOW, PASSWORD, TESTER, TODAY, a_member, a_practice, a_user

pytestmark = pytest.mark.django_db
EMAIL = "dana@mail.example"
FRESH = {"password": "a long and fresh password"}


@pytest.fixture
def northside() -> Practice:
    return a_practice("Northside")


@pytest.fixture
def link(northside: Practice) -> str:
    """The path that was mailed to Dana, who stands nowhere yet."""
    return invited(northside)


def invited(
    practice: Practice, email: str = EMAIL, member: Member | None = None
) -> str:
    """Invite Dana and give the mailed path."""
    invite(
        actor=TESTER,
        practice=practice,
        program=BODY,
        first_name="Dana",
        last_name="Diaz",
        email=email,
        member=member,
        now=NOW,
    )
    return link_to(email)


@pytest.fixture(autouse=True)
def in_november() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def test_dana_sets_a_password_and_is_on_the_list(
    link: str, northside: Practice
) -> None:
    client = Client()
    page = client.get(link)
    answer = client.post(link, FRESH)

    assert page.status_code == 200
    assert "Welcome, Dana Diaz" in said(page)
    assert answer.status_code == 302
    assert answer["Location"] == "/home/"
    user = User.objects.get(email=EMAIL)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.name == "Dana Diaz"
    member = Member.objects.get(user=user)
    assert member.name == "Dana Diaz"
    sponsorship = Sponsorship.objects.get(member=member)
    assert (sponsorship.practice, sponsorship.program) == (northside, BODY)
    assert (sponsorship.from_on, sponsorship.until_on) == (TODAY, None)
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == (EMAIL, True, True)
    entry = AuditEntry.objects.get(action="invitation.accepted")
    assert (entry.user, entry.member, entry.practice) == (user, member, northside)
    assert sign_in(Client(), EMAIL, FRESH["password"]).status_code == 302


def test_somebody_on_the_list_keeps_their_record(northside: Practice) -> None:
    bob = a_member("Bob Baker", northside)
    link = invited(northside, bob.email, bob)

    Client().post(link, FRESH)

    bob.refresh_from_db()
    assert bob.user is not None
    assert bob.user.email == bob.email
    assert Member.objects.count() == Sponsorship.objects.count() == 1


def test_a_link_is_used_once(link: str) -> None:
    Client().post(link, FRESH)

    again = Client().get(link)
    posted = Client().post(link, {"password": "another long password"})

    assert again.status_code == posted.status_code == 410
    assert "This invitation has ended" in said(again)
    assert User.objects.count() == 1
    assert sign_in(Client(), EMAIL, FRESH["password"]).status_code == 302


def test_used_expired_replaced_and_unknown_links_are_answered_alike(
    northside: Practice, in_november: time_machine.Traveller
) -> None:
    used = invited(northside, "one@mail.example")
    Client().post(used, FRESH)
    expired = invited(northside, "two@mail.example")
    replaced = invited(northside, "three@mail.example")
    Invitation.objects.filter(email="three@mail.example").update(replaced_at=NOW)
    unknown = f"/accounts/invite/{'x' * 43}/"
    odd = "/accounts/invite/%00%ff%F0%9F%98%80/"
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
        ("dana@mail.example", "too similar"),
    ],
)
def test_a_weak_password_leaves_the_link_unused(
    link: str, password: str, words: str
) -> None:
    answer = Client().post(link, {"password": password})

    assert answer.status_code == 422
    assert words in said(answer)
    assert not User.objects.exists()
    assert Client().post(link, FRESH).status_code == 302


def test_an_expired_link_is_sent_anew_to_the_same_address(
    link: str, in_november: time_machine.Traveller
) -> None:
    in_november.shift(timedelta(days=8))
    gone = Client().get(link)
    assert f'action="{link}new/"' in gone.content.decode()

    answer = Client().post(f"{link}new/")

    assert answer.status_code == 200
    assert mails_to(EMAIL) == 2
    assert link_to(EMAIL) != link
    assert Client().get(link_to(EMAIL)).status_code == 200


def test_asking_anew_answers_alike_and_mails_only_where_it_must(
    northside: Practice,
) -> None:
    used = invited(northside, "one@mail.example")
    Client().post(used, FRESH)
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
    assert mails_to(EMAIL) == 4


def test_charlie_joins_with_the_account_he_has_only_when_he_agrees(
    northside: Practice,
) -> None:
    charlie = a_user("Charlie Chen")
    link = invited(northside, charlie.email)
    client = Client()

    asked = client.get(link)
    assert f'href="/accounts/login/?next={link}"' in asked.content.decode()
    assert client.post(link, FRESH).status_code == 200
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


def test_a_member_of_another_practice_is_told_why_they_cannot_join(
    northside: Practice,
) -> None:
    lakeview = a_practice("Lakeview")
    charlie = a_user("Charlie Chen")
    member = a_member("Charlie Chen", lakeview, user=charlie)
    link = invited(northside, charlie.email)
    client = Client()
    sign_in(client, charlie.email)

    answer = client.post(link)

    assert answer.status_code == 409
    assert "Another practice sponsors this person" in said(answer)
    assert Sponsorship.objects.get().practice == lakeview
    end_sponsorship(
        actor=TESTER,
        sponsorship=member.sponsorships.get(),
        reason="moves",
        today=TODAY,
        now=NOW,
    )
    assert client.post(link).status_code == 302
    assert Sponsorship.objects.of(northside).get().member == member


def test_two_records_of_one_person_do_not_meet_by_accident(
    northside: Practice,
) -> None:
    charlie = a_user("Charlie Chen")
    a_member("Charlie Chen", None, user=charlie)
    listed = a_member("Charles Chen", northside)
    link = invited(northside, charlie.email, listed)
    client = Client()
    sign_in(client, charlie.email)

    answer = client.post(link)

    assert answer.status_code == 409
    assert "keeps a record for you that differs" in said(answer)
    listed.refresh_from_db()
    assert listed.user is None


@pytest.mark.parametrize("known", [True, False])
def test_somebody_else_who_is_signed_in_cannot_accept(
    northside: Practice, *, known: bool
) -> None:
    email = a_user("Charlie Chen").email if known else EMAIL
    link = invited(northside, email)
    mallory = Client()
    sign_in(mallory, a_user("Mallory Moon").email)

    page = mallory.get(link)
    answer = mallory.post(link, FRESH)

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
    User.objects.create_user(EMAIL, PASSWORD, name="Dana Diaz")

    answer = tab.post(link, FRESH)

    assert "Sign in to join" in said(answer)
    assert User.objects.count() == 1
    assert not Sponsorship.objects.exists()


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


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_presses_at_once_make_one_account(northside: Practice) -> None:
    link = invited(northside)
    ready = threading.Barrier(8)
    statuses: list[int] = []

    def press() -> None:
        try:
            ready.wait()
            statuses.append(Client().post(link, FRESH).status_code)
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
