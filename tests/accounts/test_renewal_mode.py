"""Auto-renewal or manual renewal (A11): switched by the practice, person by person."""

import pytest

from accounts.models import Sponsorship
from accounts.services import switch_renewal_mode
from core.failures import NotUsable, Refusal
from core.models import AuditEntry
from tests.cast import NOW, TESTER, TODAY, a_member, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob() -> Sponsorship:
    """Bob's sponsorship, on manual renewal."""
    return a_member("Bob Baker", a_practice("Northside")).sponsorships.get()


def switch(sponsorship: Sponsorship, mode: str) -> bool:
    """Switch, and say whether anything changed."""
    return switch_renewal_mode(
        actor=TESTER, sponsorship=sponsorship, mode=mode, now=NOW
    )


def test_a_switch_is_written_down_with_what_stood_before(bob: Sponsorship) -> None:
    assert switch(bob, "auto")
    bob.refresh_from_db()
    assert bob.renewal_mode == "auto"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.sentence) == (
        "renewal_mode.switched",
        "Switched Bob Baker to auto-renewal",
    )
    assert entry.changes == {"renewal_mode": ["manual", "auto"]}
    assert (entry.practice, entry.member) == (bob.practice, bob.member)


def test_the_same_again_changes_nothing(bob: Sponsorship) -> None:
    assert [switch(bob, "auto") for _ in range(3)] == [True, False, False]
    assert AuditEntry.objects.count() == 1


def test_what_a_page_still_shows_does_not_matter(bob: Sponsorship) -> None:
    shown = Sponsorship.objects.get(pk=bob.pk)
    assert switch(bob, "auto")
    assert switch(shown, "manual")
    newest = AuditEntry.objects.latest("id")
    assert newest.changes == {"renewal_mode": ["auto", "manual"]}


@pytest.mark.parametrize("mode", ["", "AUTO", "none", "auto ", "x" * 99])
def test_a_mode_there_is_none_of_is_refused(bob: Sponsorship, mode: str) -> None:
    with pytest.raises(NotUsable, match="Choose auto-renewal or manual renewal"):
        switch(bob, mode)
    assert not AuditEntry.objects.exists()


def test_whoever_left_is_not_switched(bob: Sponsorship) -> None:
    Sponsorship.objects.update(until_on=TODAY)
    with pytest.raises(Refusal, match="isn't on Northside's list any more"):
        switch(bob, "auto")
    bob.refresh_from_db()
    assert bob.renewal_mode == "manual"
