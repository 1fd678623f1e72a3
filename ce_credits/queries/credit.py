"""Credit as it counts, read from the rows, for one member or many at once."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from uuid import UUID

from ce_credits.models import CreditAward
from ce_credits.rules import Credit


def credits_by_member(
    member_ids: Iterable[UUID], program: str
) -> dict[UUID, tuple[Credit, ...]]:
    """Read what counts for each member in a program, in one statement."""
    found: defaultdict[UUID, tuple[Credit, ...]] = defaultdict(tuple)
    for member_id, chains in chains_by_member(member_ids, program).items():
        found[member_id] = tuple(chain.from_iterable(chains.values()))
    return found


def chains_by_member(
    member_ids: Iterable[UUID], program: str
) -> defaultdict[UUID, dict[UUID, tuple[Credit, ...]]]:
    """Read each member's credit by activity, in one statement.

    A later award of an activity takes the former's place from the day it counts.
    """
    rows = (
        CreditAward.objects.filter(
            activity__member__in=list(member_ids), activity__program=program
        )
        .select_related("activity")
        .order_by("activity_id", "sequence")
    )
    by_activity: defaultdict[UUID, list[CreditAward]] = defaultdict(list)
    for row in rows:
        by_activity[row.activity_id].append(row)
    found: defaultdict[UUID, dict[UUID, tuple[Credit, ...]]] = defaultdict(dict)
    for activity_id, awards in by_activity.items():
        found[awards[0].activity.member_id][activity_id] = tuple(_chain(awards))
    return found


def _chain(awards: list[CreditAward]) -> Iterable[Credit]:
    followers = [*awards[1:], None]
    for award, follower in zip(awards, followers, strict=True):
        yield Credit(
            on=award.on,
            credits=award.credits,
            counts_from=award.counts_from,
            counts_until=follower.counts_from if follower else None,
            kind=award.kind,
            approved=bool(award.approved),
        )
