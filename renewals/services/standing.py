"""Writing down how a member stands, as the rules compute it from the facts."""

from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from credentials.models import StandingPeriod
from credentials.policy import Policy, cycle_programs, policy_for, versions_of
from renewals.queries import facts_of, history_of, life_of
from renewals.rules import StandingFact, standing_timeline
from renewals.services.tallying import tally, wait_for

Recorded = tuple[tuple[StandingFact, ...], str]


@transaction.atomic
def record_standing(
    *, member_id: UUID, program: str, today: date, now: datetime
) -> None:
    """Append the member's whole timeline under this instant.

    What was known before stays readable; a day passing needs no job. In a cycle its
    credit is counted anew: where it counts may have changed as well.
    """
    in_cycles = program in cycle_programs()
    if in_cycles:
        wait_for([member_id], program)
    timeline, version = (
        _by_cycles(member_id, program)
        if in_cycles
        else _by_terms(member_id, program, now)
    )
    mine = StandingPeriod.objects.filter(member=member_id, program=program)
    latest = mine.aggregate(latest=Max("recording"))["latest"] or 0
    StandingPeriod.objects.bulk_create(
        StandingPeriod(
            member_id=member_id,
            program=program,
            from_on=fact.from_on,
            standing=fact.standing,
            policy=version,
            recorded_at=now,
            recording=latest + 1,
        )
        for fact in timeline
    )
    if in_cycles:
        tally(member_ids=[member_id], program=program, today=today, now=now)


def _by_terms(member_id: UUID, program: str, now: datetime) -> Recorded:
    life = life_of(member_id, program)
    versions = partial(_policy, program)
    on = life.latest.last_on if life.latest else now.date()
    return standing_timeline(versions, life.terms), versions(on).version


def _by_cycles(member_id: UUID, program: str) -> Recorded:
    """Record what is true of every day, if nobody does anything more (N5, N8)."""
    facts = facts_of(member_id, program)
    lived = history_of(facts, program, as_of=date.max)
    latest = lived.cycles[-1].policy if lived.cycles else versions_of(program)[-1]
    return lived.timeline(), latest.version


def _policy(program: str, on: date) -> Policy:
    return policy_for(program, on=on)
