"""Who stands on a practice's list: adding a person, and their leaving it."""

from datetime import timedelta

import pytest

from accounts.models import Member, Practice, Sponsorship
from accounts.services import AlreadySponsored, add_member, end_sponsorship
from accounts.services.members import open_sponsorship
from core.failures import NotUsable, Refusal
from core.models import AuditEntry
from tests.cast import BODY, NOW, OTHER_BODY, TESTER, TODAY, a_member, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def northside() -> Practice:
    return a_practice("Northside")


def added(practice: Practice, **values: str) -> Member:
    """Add Bob, or somebody else."""
    asked = {
        "program": BODY,
        "first_name": "Bob",
        "last_name": "Baker",
        "email": "bob@mail.example",
        "renewal_mode": "manual",
    }
    return add_member(
        actor=TESTER, practice=practice, today=TODAY, now=NOW, **(asked | values)
    )


def test_a_member_is_added_with_a_sponsorship_and_one_entry(
    northside: Practice,
) -> None:
    bob = added(northside, email=" Bob@Mail.example ", renewal_mode="auto")

    assert bob.email == "bob@mail.example"
    sponsorship = Sponsorship.objects.get()
    assert (sponsorship.member, sponsorship.practice) == (bob, northside)
    assert (sponsorship.from_on, sponsorship.renewal_mode) == (TODAY, "auto")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.member, entry.practice) == (
        "member.added",
        bob,
        northside,
    )


def test_every_problem_is_named_at_once(northside: Practice) -> None:
    with pytest.raises(NotUsable) as refused:
        added(northside, first_name="", last_name="x" * 101, email="bob")

    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["first_name", "last_name", "email"]
    assert not Member.objects.exists()


def test_a_mode_that_does_not_exist_is_refused(northside: Practice) -> None:
    with pytest.raises(NotUsable, match="auto-renewal or manual"):
        added(northside, renewal_mode="never")


def test_an_address_stands_on_a_list_once_and_may_stand_on_another(
    northside: Practice,
) -> None:
    added(northside)

    with pytest.raises(NotUsable, match="Bob Baker has that address"):
        added(northside, first_name="Rob", email="BOB@mail.example")
    added(a_practice("Lakeview"))

    assert Member.objects.count() == 2


def test_a_member_has_one_practice_a_program(northside: Practice) -> None:
    lakeview = a_practice("Lakeview")
    bob = a_member("Bob Baker", northside)

    with pytest.raises(AlreadySponsored) as refused:
        open_sponsorship(lakeview, bob, BODY, TODAY)
    open_sponsorship(lakeview, bob, OTHER_BODY, TODAY)

    assert "Northside" not in refused.value.text
    assert bob.sponsorships.count() == 2


def test_somebody_who_left_may_be_sponsored_by_another(northside: Practice) -> None:
    bob = added(northside)
    sponsorship = bob.sponsorships.get()
    end_sponsorship(
        actor=TESTER, sponsorship=sponsorship, reason="moves", today=TODAY, now=NOW
    )

    open_sponsorship(a_practice("Lakeview"), bob, BODY, TODAY)

    sponsorship.refresh_from_db()
    assert sponsorship.until_on == TODAY
    entry = AuditEntry.objects.get(action="member.removed")
    assert (entry.reason, entry.member) == ("moves", bob)
    assert entry.changes["until_on"] == [None, TODAY.isoformat()]


def test_a_sponsorship_ends_once_and_not_before_it_starts(
    northside: Practice,
) -> None:
    sponsorship = added(northside).sponsorships.get()

    def end(days: int) -> None:
        day = TODAY + timedelta(days=days)
        end_sponsorship(
            actor=TESTER, sponsorship=sponsorship, reason="", today=day, now=NOW
        )

    with pytest.raises(Refusal, match="isn't on Northside's list"):
        end(-1)
    end(0)
    with pytest.raises(Refusal, match="isn't on Northside's list"):
        end(1)

    sponsorship.refresh_from_db()
    assert sponsorship.until_on == TODAY
