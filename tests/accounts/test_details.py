"""Details of a member and of a practice: changed at any time, by one at a time."""

from dataclasses import replace

import pytest

from accounts.details import (
    PersonDetails,
    PracticeDetails,
    details_of,
    practice_details,
    version_of,
)
from accounts.models import Invitation, Member, Practice, Sponsorship, User
from accounts.services import (
    add_member,
    change_details,
    change_practice,
    end_sponsorship,
    invite,
)
from core.failures import NotUsable, Refusal, Stale
from core.models import AuditEntry
from tests.cast import BODY, NOW, TESTER, TODAY, a_member, a_practice

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture
def northside() -> Practice:
    """Bob's practice."""
    return a_practice("Northside")


@pytest.fixture
def bob(northside: Practice) -> Sponsorship:
    """Bob on Northside's list, without an account."""
    return a_member("Bob Baker", northside).sponsorships.get()


def change(held: Sponsorship, seen: str = "", **details: str) -> bool:
    """Change some details, from a page that showed the present ones."""
    held = Sponsorship.objects.select_related("member").get(pk=held.pk)
    before = details_of(held)
    return change_details(
        actor=TESTER,
        sponsorship=held,
        details=replace(before, **details),
        seen=seen or version_of(before),
        now=NOW,
    )


def now_of(held: Sponsorship) -> PersonDetails:
    """The details as the database has them."""
    return details_of(Sponsorship.objects.select_related("member").get(pk=held.pk))


def test_what_was_typed_stands_there_and_in_the_trail(bob: Sponsorship) -> None:
    assert change(
        bob,
        phone=" 714 555 0100 ",
        address="12 Elm St\r\n  Orange, CA 92866 ",
        profession="Medical assistant",
        job_role="CMA",
    )
    assert now_of(bob) == PersonDetails(
        email=bob.member.email,
        phone="714 555 0100",
        address="12 Elm St\nOrange, CA 92866",
        profession="Medical assistant",
        job_role="CMA",
    )
    entry = AuditEntry.objects.get(action="member.details_changed")
    assert entry.sentence == "Changed the details of Bob Baker"
    assert entry.changes["job_role"] == ["", "CMA"]
    assert "email" not in entry.changes
    assert (entry.practice, entry.member) == (bob.practice, bob.member)


def test_the_same_again_changes_nothing(bob: Sponsorship) -> None:
    change(bob, phone="714 555 0100")
    entries = AuditEntry.objects.count()
    assert not change(bob, phone="714 555 0100 ")
    assert AuditEntry.objects.count() == entries


def test_of_two_pages_open_at_once_the_second_is_told(bob: Sponsorship) -> None:
    seen = version_of(now_of(bob))
    change(bob, phone="714 555 0100")
    with pytest.raises(Stale, match="Somebody changed this"):
        change(bob, seen=seen, phone="714 555 0199")
    assert now_of(bob).phone == "714 555 0100"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "bob at home", "Enter an e-mail address"),
        ("phone", "7" * 41, "Shorten this to 40"),
        ("phone", "714\u202e555", "without hidden characters"),
        ("address", "x" * 401, "Shorten this to 400"),
        ("address", "12 Elm\0St", "without hidden characters"),
        ("job_role", "C" * 61, "Shorten this to 60"),
    ],
)
def test_what_can_not_be_used_is_named_and_nothing_is_saved(
    bob: Sponsorship, field: str, value: str, said: str
) -> None:
    before = now_of(bob)
    with pytest.raises(NotUsable) as refused:
        change(bob, **{field: value})
    assert [each.field for each in refused.value.problems] == [field]
    assert said in refused.value.text
    assert now_of(bob) == before


def test_an_address_of_somebody_else_here_is_refused(
    bob: Sponsorship, northside: Practice
) -> None:
    eve = add_member(
        actor=TESTER,
        practice=northside,
        program=BODY,
        first_name="Eve",
        last_name="Ellis",
        email="eve@northside.example",
        renewal_mode="manual",
        today=TODAY,
        now=NOW,
    )
    with pytest.raises(NotUsable, match="Eve Ellis has that address"):
        change(bob, email=eve.email.upper())


def test_an_address_elsewhere_is_nobodys_business(bob: Sponsorship) -> None:
    charlie = a_member("Charlie Chan", a_practice("Southside"))
    assert change(bob, email=charlie.email or "charlie@elsewhere.example")


def test_whoever_has_an_account_keeps_their_address(bob: Sponsorship) -> None:
    user = User.objects.create_user("bob@home.example", "x" * 12, name="Bob Baker")
    Member.objects.filter(pk=bob.member_id).update(user=user, email=user.email)
    with pytest.raises(NotUsable, match="only they change their e-mail"):
        change(bob, email="other@home.example")
    assert change(bob, phone="714 555 0100")


def test_a_new_address_ends_the_invitation_to_the_old_one(bob: Sponsorship) -> None:
    change(bob, email="bob@home.example")
    bob.refresh_from_db()
    sent = invite(
        actor=TESTER,
        practice=bob.practice,
        program=BODY,
        first_name="Bob",
        last_name="Baker",
        email="bob@home.example",
        member=bob.member,
        now=NOW,
    )
    change(bob, phone="714 555 0100")
    assert Invitation.objects.get(pk=sent.pk).replaced_at is None
    change(bob, email="bob@hone.example")
    assert Invitation.objects.get(pk=sent.pk).replaced_at == NOW


def test_nobody_changes_who_has_left(bob: Sponsorship) -> None:
    end_sponsorship(actor=TESTER, sponsorship=bob, reason="", today=TODAY, now=NOW)
    with pytest.raises(Refusal, match="isn't on your list any more"):
        change(bob, phone="714 555 0100")


def test_a_practice_is_renamed_and_what_was_there_before_is_kept_in_the_trail(
    northside: Practice,
) -> None:
    before = practice_details(northside)
    assert change_practice(
        actor=TESTER,
        practice=northside,
        details=PracticeDetails("Northside Clinic", "714 555 0100", "1 Main St"),
        seen=version_of(before),
        now=NOW,
    )
    northside.refresh_from_db()
    assert (northside.name, northside.slug) == ("Northside Clinic", "northside")
    entry = AuditEntry.objects.get(action="practice.details_changed")
    assert entry.changes["name"] == ["Northside", "Northside Clinic"]


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "...", "N" * 201])
def test_a_practice_has_a_name_that_can_be_read(northside: Practice, name: str) -> None:
    with pytest.raises(NotUsable) as refused:
        change_practice(
            actor=TESTER,
            practice=northside,
            details=PracticeDetails(name, "", ""),
            seen=version_of(practice_details(northside)),
            now=NOW,
        )
    assert [each.field for each in refused.value.problems] == ["name"]
