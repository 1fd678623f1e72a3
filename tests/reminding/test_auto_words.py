"""What the practice reads of its auto-renewals: who was renewed, who not, and why."""

from datetime import date, timedelta

import pytest

from accounts.models import Administration, Sponsorship
from core.letters import Letter
from core.models import OutboxMessage
from notifications.queries import subject_of
from renewals.services.reminding import AUTO_DIGEST
from tests.cast import NOW, TODAY, Cast, certify, credit, given, seats
from tests.reminding.people import ending, letter_of, sweep, told
from tests.reminding.reading import items_of, read

pytestmark = pytest.mark.db
DAY = TODAY


def digest() -> Letter | None:
    """Let the day pass, and read the practice's one digest."""
    sweep(DAY)
    return read(letter_of(AUTO_DIGEST), DAY)


def subject(letter: Letter | None) -> str:
    """The subject of the one digest."""
    assert letter is not None
    return subject_of(letter_of(AUTO_DIGEST), letter)


def test_it_lists_who_was_renewed_and_who_was_not(quiet: Cast) -> None:
    eve = ending("Eve Ellis", quiet.northside, DAY - timedelta(days=1), mode="auto")
    certify(eve.member)
    credit(eve.member, "1.5", on=date(2025, 5, 5))
    ending("Gil Gray", quiet.northside, DAY, mode="auto")
    seats(quiet.northside, quiet.renewals, 1)
    letter = digest()
    assert subject(letter) == (
        "[Northside] Auto-renewal Nov 17, 2025: 1 renewed, 1 not renewed"
    )
    missed, done = items_of(letter)
    assert missed == (
        "Gil Gray: not renewed. No renewal was left. Not current since Nov 17, 2025."
    )
    assert done == (
        "Eve Ellis: renewed, next renewal date Nov 17, 2026. "
        "Certificate held: 1.5 of 3.0 CME."
    )


@pytest.mark.parametrize(
    ("there", "said"), [(2, "2 renewed"), (0, "2 not renewed")], ids=["all", "none"]
)
def test_where_all_went_one_way_only_that_is_said(
    quiet: Cast, there: int, said: str
) -> None:
    for name in ("Eve Ellis", "Gil Gray"):
        ending(name, quiet.northside, DAY, mode="auto")
    if there:
        seats(quiet.northside, quiet.renewals, there)
    letter = digest()
    assert subject(letter) == f"[Northside] Auto-renewal Nov 17, 2025: {said}"


def test_the_practice_hears_of_all_in_one_mail_and_each_member_in_their_own(
    quiet: Cast,
) -> None:
    windows = [
        ending(f"Pat Number{place}", quiet.northside, DAY, mode="auto")
        for place in range(5)
    ]
    seats(quiet.northside, quiet.renewals, 5)
    sweep(DAY)
    assert told(AUTO_DIGEST) == [quiet.alice.email]
    assert told("renewed_administrator") == []
    assert told("renewed") == sorted(window.member.email for window in windows)


def test_whoever_was_renewed_by_hand_meanwhile_stands_in_it_no_more(
    quiet: Cast,
) -> None:
    window = ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    sweep(DAY)
    given(quiet.renewals, quiet.northside, window.member, today=DAY)
    assert read(letter_of(AUTO_DIGEST), DAY) is None


def test_whoever_left_meanwhile_stands_in_it_no_more(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    sweep(DAY)
    Sponsorship.objects.filter(member=window.member).update(until_on=DAY)
    assert read(letter_of(AUTO_DIGEST), DAY) is None


def test_whoever_no_longer_runs_the_practice_reads_nothing(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    sweep(DAY)
    Administration.objects.filter(user=quiet.alice).update(until_at=NOW)
    assert read(letter_of(AUTO_DIGEST), DAY) is None


def test_a_fault_of_ours_is_called_one(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**asked: object) -> None:
        raise LookupError

    monkeypatch.setattr("renewals.services.renewing.assign", broken)
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    (item,) = items_of(digest())
    assert item.startswith(
        "Eve Ellis: not renewed. A fault of the portal stopped it. Not current"
    )


def test_what_was_not_told_when_it_was_tried_is_told_later(quiet: Cast) -> None:
    Administration.objects.filter(user=quiet.alice).update(until_at=NOW)
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    sweep(DAY)
    assert not OutboxMessage.objects.filter(kind=AUTO_DIGEST).exists()
    Administration.objects.filter(user=quiet.alice).update(until_at=None)
    sweep(DAY + timedelta(days=2))
    assert told(AUTO_DIGEST) == [quiet.alice.email]
    letter = read(letter_of(AUTO_DIGEST), DAY + timedelta(days=2))
    assert "Auto-renewal Nov 17, 2025: 1 not renewed" in subject(letter)
