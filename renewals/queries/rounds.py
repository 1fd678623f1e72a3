"""What a day means to holders of cycles: notices that are due, days still to come."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from credentials.policy import Policy, policy_for
from renewals.queries.decreeing import decreed_ends
from renewals.queries.histories import facts_of, history_of
from renewals.rules import standing_on
from renewals.rules.cycles import Cycle, Deadline, Round, deadlines, rounds


def rounds_of(program: str, today: date) -> Sequence[Round]:
    """List the notices due on a day in a body of cycles, by its packs and decrees."""
    return rounds(partial(_policy, program), today, decreed_ends(program, today))


def own_deadlines(
    member_id: UUID, program: str, today: date
) -> Sequence[tuple[Cycle, Deadline]]:
    """List the days that a member's present cycle still holds for them."""
    lived = history_of(facts_of(member_id, program), program, as_of=today)
    cycle = lived.working(today)
    if cycle is None:
        return []
    standing = standing_on(lived.timeline(), today)
    return [(cycle, each) for each in deadlines(cycle, standing, today)]


def _policy(program: str, on: date) -> Policy:
    return policy_for(program, on=on)
