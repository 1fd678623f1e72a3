"""Credit as it counts, read from the rows, for one member or many at once."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from ce_credits.models import Activity, CreditAward
from ce_credits.rules import Credit

# What counts, or may: the same thing in two of these would count twice.
REPORTED = (Activity.State.SUBMITTED, Activity.State.ACCEPTED, Activity.State.RETURNED)


def credits_by_member(
    member_ids: Iterable[UUID], program: str
) -> dict[UUID, tuple[Credit, ...]]:
    """Read what counts for each member in a program, in one statement.

    A later award of an activity takes the former's place from the day it counts.
    """
    rows = (
        CreditAward.objects.filter(
            activity__member__in=list(member_ids), activity__program=program
        )
        .select_related("activity")
        .order_by("activity__on", "activity_id", "sequence")
    )
    by_activity: defaultdict[UUID, list[CreditAward]] = defaultdict(list)
    for row in rows:
        by_activity[row.activity_id].append(row)
    found: defaultdict[UUID, tuple[Credit, ...]] = defaultdict(tuple)
    for awards in by_activity.values():
        member_id = awards[0].activity.member_id
        found[member_id] += tuple(_chain(awards))
    return found


def duplicates_of(
    *,
    member_id: UUID,
    program: str,
    title: str,
    on: date,
    besides: UUID | None = None,
) -> list[Activity]:
    """List what a member reported under the same title on the same day (A16).

    Case and spaces of the title make no difference. `besides` is the activity asked
    about, where it is a row already.
    """
    found = Activity.objects.filter(
        member=member_id, program=program, on=on, state__in=REPORTED
    )
    return [
        each for each in found if each.pk != besides and same_title(each.title, title)
    ]


def same_title(one: str, other: str) -> bool:
    """Say whether two titles differ in case and spaces at most."""
    return _bare(one) == _bare(other)


def _bare(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).casefold().split())


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
