"""Writing a random life under cycles as rows: credentials, credit, applications."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import combinations, count

from accounts.models import Member
from ce_credits.models import Activity, CreditAward
from ce_credits.rules import Credit
from credentials.models import Certification
from credentials.policy import zone_of
from renewals.models import Recertification
from renewals.rules.cycles import Application, Earned, Facts, known
from tests.cast import NOW

BODY = "namss"
NUMBERS = count(1)


def noon(day: date) -> datetime:
    """The middle of the body's day."""
    return datetime.combine(day, time(12), zone_of(BODY))


def fits_rows(facts: Facts) -> bool:
    """Say whether nothing waits for a decision while another of its kind waits too."""
    return not any(
        one.kind == other.kind and one.open_on(other.on)
        for one, other in combinations(facts.applications, 2)
    )


def write_known(member: Member, facts: Facts, day: date) -> None:
    """Write what became known by the end of a day, beside what was before."""
    found = known(facts, day)
    times: Counter[str] = Counter()
    for each in found.earned:
        times[each.code] += 1
        _certify(member, each, times[each.code])
    for number, application in enumerate(found.applications):
        _apply(member, application, noon(application.on) + timedelta(seconds=number))


def _certify(member: Member, earned: Earned, nth: int) -> None:
    Certification.objects.get_or_create(
        member=member,
        program=BODY,
        code=earned.code,
        nth=nth,
        defaults={
            "number": f"{earned.code}-{next(NUMBERS)}",
            "earned_on": earned.on,
            "proof": "seen",
            "recorded_by": "tests",
            "recorded_at": NOW,
        },
    )


def _apply(member: Member, application: Application, at: datetime) -> None:
    """Write an application that was taken on the day it was submitted."""
    kind, on = application.kind, application.on
    decided = {
        "state": application.outcome,
        "decided_on": application.decided_on,
        "reason": "Not enough" if application.outcome == "refused" else "",
    }
    said = {
        "cycle_last_on": on,
        "name": member.name,
        "declared": True,
        "submitted_on": on,
        "paid_on": None if kind == "extension" else on,
        "changed_at": at,
    }
    Recertification.objects.update_or_create(
        defaults=decided,
        create_defaults=decided | said,
        member=member,
        program=BODY,
        kind=kind,
        created_at=at,
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
