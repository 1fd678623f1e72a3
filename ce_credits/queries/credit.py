"""Credit as it counts, read from the rows, for one member or many at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from uuid import UUID

from django.db.models import QuerySet

from ce_credits.models import CreditAward
from ce_credits.rules import Credit
from core.prepared import filled, prepared_columns

if TYPE_CHECKING:
    Columns = QuerySet[CreditAward, dict[str, Any]]


class Given(NamedTuple):
    """What an award says of its credit, and no more: bodies have millions of them."""

    on: date
    credits: Decimal
    counts_from: date
    kind: str
    approved: bool | None
    title: str
    level: str
    topics: str


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
    ids = filled(member_ids)
    awards: defaultdict[tuple[UUID, UUID], list[Given]] = defaultdict(list)
    for row in _awards(ids, program) if ids else ():
        of = row.pop("activity__member_id"), row.pop("activity_id")
        awards[of].append(Given(**row))
    found: defaultdict[UUID, dict[UUID, tuple[Credit, ...]]] = defaultdict(dict)
    for (member_id, activity_id), given in awards.items():
        found[member_id][activity_id] = chain_of(given)
    return found


def newest_awards(activity_ids: Iterable[UUID]) -> dict[UUID, CreditAward]:
    """Find the award that each activity has now, in one statement."""
    rows = CreditAward.objects.filter(activity__in=set(activity_ids))
    return {row.activity_id: row for row in rows.order_by("activity", "sequence")}


@prepared_columns
def _awards(member_ids: tuple[UUID, ...], program: str) -> "Columns":
    found = CreditAward.objects.filter(
        activity__member__pk__in=member_ids, activity__program=program
    )
    columns = "activity__member_id", "activity_id", *Given._fields
    return cast("Columns", found.order_by("activity_id", "sequence").values(*columns))


def chain_of(awards: Sequence[CreditAward | Given]) -> tuple[Credit, ...]:
    """Take one activity's awards, in their order, as the rules want them."""
    return tuple(_chain(awards))


def _chain(awards: Sequence[CreditAward | Given]) -> Iterable[Credit]:
    followers: list[CreditAward | Given | None] = [*awards[1:], None]
    for award, follower in zip(awards, followers, strict=True):
        yield Credit(
            on=award.on,
            credits=award.credits,
            counts_from=award.counts_from,
            counts_until=follower.counts_from if follower else None,
            kind=award.kind,
            approved=bool(award.approved),
            title=award.title,
            level=award.level,
            topics=tuple(award.topics.split()),
        )
