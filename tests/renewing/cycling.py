"""Writing a random life under cycles as rows: its credentials, and its credit."""

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import count

from accounts.models import Member
from ce_credits.models import Activity, CreditAward
from ce_credits.rules import Credit
from credentials.models import Certification
from credentials.policy import zone_of
from tests.cast import NOW
from tests.rules.cycle_lives import CycleLife

BODY = "namss"
NUMBERS = count(1)


def noon(day: date) -> datetime:
    """The middle of the body's day."""
    return datetime.combine(day, time(12), zone_of(BODY))


def certify_all(member: Member, life: CycleLife) -> None:
    """Write each credential of a life once."""
    for code, on in {each.code: each.on for each in reversed(life.earned)}.items():
        Certification.objects.create(
            member=member,
            program=BODY,
            code=code,
            number=f"{code}-{next(NUMBERS)}",
            earned_on=on,
            proof="seen",
            recorded_by="tests",
            recorded_at=NOW,
        )


def learn_all(member: Member, credits: Iterable[Credit]) -> None:
    """Write each credit as an activity's, and its end as an award of nothing."""
    for credit in credits:
        activity = Activity.objects.create(
            member=member,
            program=BODY,
            # A report names both; what counts is what its award says.
            kind=credit.kind or "unknown",
            title=credit.title or "Untitled",
            on=credit.on,
            state="accepted",
            reported_by="tests",
            created_at=NOW,
            changed_at=NOW,
            submitted_at=NOW,
        )
        award = _award(activity, credit, 1, credit.counts_from)
        award.credits = credit.credits
        award.save()
        if credit.counts_until is not None:
            _award(activity, credit, 2, credit.counts_until).save()


def _award(
    activity: Activity, credit: Credit, sequence: int, counts_from: date
) -> CreditAward:
    return CreditAward(
        activity=activity,
        sequence=sequence,
        on=credit.on,
        kind=credit.kind,
        title=credit.title,
        level=credit.level,
        credits=0,
        unit="CE",
        approved=credit.approved,
        rule="N10",
        policy=f"{BODY}@2025-01-01",
        explanation="for a test",
        reasons=[],
        counts_from=counts_from,
        decided_by="tests",
        decided_at=NOW,
    )
