"""Practices of any size, made in a handful of statements."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count

from accounts.models import Member, Practice, Sponsorship
from credentials.models import StandingPeriod, Window
from credentials.policy import policy_for
from renewals.models import TermCertificate
from renewals.rules import Term, standing_timeline
from tests.cast import BODY, NOW

# Where a term ends, seen from Nov 17, 2025: over, due, good; None for a non-member.
ENDS = (date(2025, 11, 2), date(2025, 12, 1), date(2026, 6, 30), None)
POLICY = "acmss@2017-01-01"
_numbers = count(1)


def crowd(
    practice: Practice, size: int, ends: Sequence[date | None] = ENDS
) -> list[Member]:
    """Add people to a practice: in turn to renew, due, in good standing, no member.

    `ends` are other last days than these, for one person after the other.
    """
    members = Member.objects.bulk_create(_somebody(practice) for _ in range(size))
    sponsorships = Sponsorship.objects.bulk_create(
        Sponsorship(
            practice=practice, member=member, program=BODY, from_on=date(2023, 1, 1)
        )
        for member in members
    )
    windows = Window.objects.bulk_create(
        _window(sponsorship, last_on)
        for place, sponsorship in enumerate(sponsorships)
        if (last_on := ends[place % len(ends)])
    )
    TermCertificate.objects.bulk_create(_held(window) for window in windows)
    StandingPeriod.objects.bulk_create(
        period for window in windows for period in _standing(window)
    )
    return members


def _somebody(practice: Practice) -> Member:
    number = next(_numbers)
    return Member(
        first_name=f"Pat{number % 7}",
        last_name=f"Person {number:04d}",
        email=f"pat{number}@{practice.slug}.example",
    )


def _window(sponsorship: Sponsorship, ends: date) -> Window:
    first_on = ends.replace(year=ends.year - 1) + timedelta(days=1)
    return Window(
        member=sponsorship.member,
        program=BODY,
        practice=sponsorship.practice,
        sponsorship=sponsorship,
        sequence=1,
        first_on=first_on,
        last_on=ends,
        applied_on=first_on,
        credits_asked=3,
        policy=POLICY,
        created_at=NOW,
    )


def _held(window: Window) -> TermCertificate:
    return TermCertificate(
        window=window,
        state=TermCertificate.State.HELD,
        have=0,
        need=0,
        missing=["credential"],
        rule="A14",
        reasons=[],
        policy=POLICY,
        decided_at=NOW,
    )


def _standing(window: Window) -> list[StandingPeriod]:
    term = Term(window.first_on, window.last_on, window.applied_on)
    return [
        StandingPeriod(
            member=window.member,
            program=BODY,
            from_on=fact.from_on,
            standing=fact.standing,
            policy=POLICY,
            recorded_at=NOW,
            recording=1,
        )
        for fact in standing_timeline(policy_for(BODY, on=window.last_on), [term])
    ]
