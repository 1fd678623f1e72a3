"""What came of a term since keeps it: each refusal says why, and changes nothing."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from accounts.models import Member, Sponsorship
from accounts.services import switch_renewal_mode
from ce_credits.models import ActivityStep
from certificates.models import Opening
from certificates.services import open_paper, revoke
from core.actor import Actor
from core.failures import NotEligible
from credentials.models import Assignment, LeftOut
from credentials.services import Decrease, lower_seats
from renewals.models import RenewalAttempt, TermCertificate
from renewals.queries import life_of
from renewals.services import try_renewal
from tests.cast import BODY, TESTER, TODAY, Cast, credit, seats
from tests.matrix.asking import checksum
from tests.undoing.undone import (
    LATER,
    PRESSED,
    held_of,
    paper_of,
    renew,
    term_of,
    undo_all,
)

pytestmark = pytest.mark.db
SOON = LATER + timedelta(minutes=1)
# Bob's date, and a day before it.
DUE, EARLY = date(2025, 11, 3), date(2025, 11, 2)


def opened(given: Assignment) -> None:
    """Somebody opens the certificate."""
    open_paper(
        actor=Actor(label="Bob Baker"),
        certificate=paper_of(given),
        way=Opening.Way.PAGE,
        now=LATER,
    )


def issued_before(given: Assignment) -> None:
    """Its certificate is one of those of which nobody knows."""
    Opening.objects.create(
        certificate=paper_of(given), kind="opened", way="unknown", by="?", at=LATER
    )


def revoked(given: Assignment) -> None:
    """Staff revoke the certificate."""
    paper = paper_of(given)
    revoke(actor=TESTER, certificate=paper, reason="misprint", today=TODAY, now=LATER)


def waived(given: Assignment) -> None:
    """Staff waive credit for it."""
    held = TermCertificate.objects.filter(pk=held_of(given).pk)
    held.update(waived_on=TODAY, waived_reason="for a test")


def decided(given: Assignment) -> None:
    """Staff decide on what the member learnt."""
    award = credit(given.member, "1.0", on=TODAY)
    ActivityStep.objects.create(
        activity=award.activity, number=2, kind="accepted", by="E", on=TODAY, at=LATER
    )


def tried(given: Assignment) -> None:
    """Auto-renewal looks at the new term (a demonstration's day went on)."""
    RenewalAttempt.objects.create(
        window=term_of(given),
        member=given.member,
        practice=given.practice,
        sponsorship=given.sponsorship,
        on=TODAY,
        outcome="no_seat",
        at=LATER,
    )


def gone(given: Assignment) -> None:
    """The member leaves the practice."""
    Sponsorship.objects.filter(pk=given.sponsorship_id).update(until_on=TODAY)


REASONS: list[tuple[Callable[[Assignment], None], str]] = [
    (
        opened,
        (
            "Bob Baker's certificate was downloaded by Bob Baker on Nov 17, 2025, "
            "10:10 AM PST. Nothing was undone."
        ),
    ),
    (
        issued_before,
        (
            "Bob Baker's certificate was issued before downloads were written down. "
            "Nothing was undone."
        ),
    ),
    (revoked, "Bob Baker's certificate is revoked already. Nothing was undone."),
    (
        waived,
        (
            "The body waived missing credit for Bob Baker's certificate. "
            "Nothing was undone."
        ),
    ),
    (
        decided,
        (
            "The body decided on Bob Baker's continuing education since. "
            "Nothing was undone."
        ),
    ),
    (
        tried,
        "Auto-renewal has looked at Bob Baker's new term already. Nothing was undone.",
    ),
    (
        gone,
        (
            "Bob Baker left Northside on Nov 17, 2025 and keeps the term. "
            "Nothing was undone."
        ),
    ),
]


@pytest.mark.parametrize(
    ("act", "text"), REASONS, ids=[act.__name__ for act, _ in REASONS]
)
def test_what_was_done_since_keeps_the_term(
    cast: Cast, act: Callable[[Assignment], None], text: str
) -> None:
    (given,) = renew(cast.northside, cast.renewals, cast.bob)
    act(given)
    before = checksum()
    with pytest.raises(NotEligible) as refused:
        undo_all(given, now=SOON)
    assert refused.value.text == text
    assert checksum() == before


def switched(member: Member, mode: str) -> None:
    """Switch somebody's renewal mode."""
    switch_renewal_mode(
        actor=TESTER, sponsorship=member.sponsorships.get(), mode=mode, now=PRESSED
    )


def test_what_would_be_renewed_again_at_once_is_switched_first(cast: Cast) -> None:
    switched(cast.bob, "auto")
    (given,) = renew(cast.northside, cast.renewals, cast.bob, today=DUE)
    with pytest.raises(NotEligible) as refused:
        undo_all(given, today=DUE)
    assert refused.value.text == (
        "Auto-renewal would renew Bob Baker again at once. "
        "Switch them to manual renewal first. Nothing was undone."
    )
    switched(cast.bob, "manual")
    undo_all(given, today=DUE)
    closed = life_of(cast.bob.pk, BODY).latest
    assert closed is not None
    seats(cast.northside, cast.renewals, 1)
    assert try_renewal(window_id=closed.pk, today=DUE, now=SOON) is None


def test_whose_date_has_not_come_renews_by_itself_later(cast: Cast) -> None:
    switched(cast.bob, "auto")
    (given,) = renew(cast.northside, cast.renewals, cast.bob, today=EARLY)
    undo_all(given, today=EARLY)
    closed = life_of(cast.bob.pk, BODY).latest
    assert closed is not None
    assert try_renewal(window_id=closed.pk, today=EARLY, now=SOON) is None
    attempt = try_renewal(window_id=closed.pk, today=DUE, now=SOON)
    assert attempt is not None
    assert attempt.outcome == "renewed"
    assert [each.sequence for each in life_of(cast.bob.pk, BODY).windows] == [1, 2]


def test_what_auto_renewal_missed_and_somebody_assigned_is_undone(cast: Cast) -> None:
    switched(cast.bob, "auto")
    closed = life_of(cast.bob.pk, BODY).latest
    assert closed is not None
    attempt = try_renewal(window_id=closed.pk, today=DUE, now=PRESSED)
    assert attempt is not None
    assert attempt.outcome == "no_seat"
    (given,) = renew(cast.northside, cast.renewals, cast.bob, today=DUE)
    undo_all(given, today=DUE)
    # It was tried once, and is not again.
    assert try_renewal(window_id=closed.pk, today=DUE, now=SOON) is None


def test_what_auto_renewal_assigned_is_nobodys_to_undo(cast: Cast) -> None:
    switched(cast.bob, "auto")
    seats(cast.northside, cast.renewals, 1)
    closed = life_of(cast.bob.pk, BODY).latest
    assert closed is not None
    attempt = try_renewal(window_id=closed.pk, today=DUE, now=PRESSED)
    assert attempt is not None
    assert attempt.assignment is not None
    with pytest.raises(NotEligible) as refused:
        undo_all(attempt.assignment, today=DUE)
    assert refused.value.text == (
        "Auto-renewal renewed Bob Baker, as your practice has set it. "
        "Nothing was undone."
    )


def lowered(cast: Cast, to: int, *out: Member) -> None:
    """Renew fewer, and leave somebody out."""
    lower_seats(
        actor=TESTER,
        practice=cast.northside,
        wanted=Decrease(BODY, to, frozenset(each.pk for each in out), f"k{to}"),
        today=TODAY,
        now=PRESSED,
    )


def test_who_was_left_out_after_it_keeps_the_term(cast: Cast) -> None:
    (given,) = renew(cast.northside, cast.renewals, cast.bob)
    lowered(cast, 0, cast.bob)
    with pytest.raises(NotEligible, match="left out of the renewal after it"):
        undo_all(given)


def test_who_was_taken_back_in_by_it_keeps_the_term(cast: Cast) -> None:
    lowered(cast, 0, cast.bob)
    (given,) = renew(cast.northside, cast.renewals, cast.bob)
    assert LeftOut.objects.get(member=cast.bob).ended_at == PRESSED
    with pytest.raises(NotEligible, match="took Bob Baker back in"):
        undo_all(given)
