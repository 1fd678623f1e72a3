"""Writing down how a member stands, as the rules compute it from the facts."""

from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from credentials.models import StandingPeriod
from credentials.policy import Policy, policy_for
from renewals.queries import life_of
from renewals.rules import standing_timeline


@transaction.atomic
def record_standing(*, member_id: UUID, program: str, now: datetime) -> None:
    """Append the member's whole timeline under this instant.

    What was known before stays readable; a day passing needs no job.
    """
    life = life_of(member_id, program)
    versions = partial(_policy, program)
    on = life.latest.last_on if life.latest else now.date()
    mine = StandingPeriod.objects.filter(member=member_id, program=program)
    latest = mine.aggregate(latest=Max("recording"))["latest"] or 0
    StandingPeriod.objects.bulk_create(
        StandingPeriod(
            member_id=member_id,
            program=program,
            from_on=fact.from_on,
            standing=fact.standing,
            policy=versions(on).version,
            recorded_at=now,
            recording=latest + 1,
        )
        for fact in standing_timeline(versions, life.terms)
    )


def _policy(program: str, on: date) -> Policy:
    return policy_for(program, on=on)
