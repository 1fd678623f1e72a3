"""What may be one activity, reported twice (A16), among rows that somebody may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from ce_credits.models import Activity
from ce_credits.queries import REPORTED, Alike, told_of
from ce_credits.rules import Told, likeness
from credentials.policy import policy_for
from portal.queries.activity_typed import (
    day_typed,
    minutes_read,
    minutes_typed,
    typed_of,
)

# All that is read of the others.
READ = ("member", "program", "on", "title", "minutes", "provider", "state")


def alike_among(
    rows: Iterable[Activity], written: Iterable[UUID], seen: QuerySet[Activity]
) -> Mapping[UUID, Sequence[Alike]]:
    """Find what each of some activities is like: one statement, however many.

    Args:
        rows: the activities; of what is withdrawn or not accepted nothing is said.
        written: those that are told as they stand written.
        seen: all that whoever asks may see.
    """
    told, writing = {}, set(written)
    for row in rows:
        said = _typed(row) if row.pk in writing else _reported(row)
        if said is not None and said.on is not None:
            told[row] = said
    if not told:
        return {}
    near = seen.filter(
        member__in={row.member_id for row in told},
        on__in={said.on for said in told.values()},
        state__in=REPORTED,
    )
    whose: defaultdict[tuple[UUID, str, date | None], list[tuple[Activity, Told]]]
    whose = defaultdict(list)
    for other in near.only(*READ).order_by("created_at", "pk"):
        day = whose[other.member_id, other.program, other.on]
        day.append((other, told_of(other)))
    return {
        row.pk: _alike(row, said, whose[row.member_id, row.program, said.on])
        for row, said in told.items()
    }


def _alike(
    row: Activity, said: Told, day: Sequence[tuple[Activity, Told]]
) -> list[Alike]:
    others = [each for each in day if each[0].pk != row.pk]
    all_told = [its for _, its in others]
    return [
        Alike(other, by)
        for other, its in others
        if (by := likeness(said, its, all_told))
    ]


def _reported(row: Activity) -> Told | None:
    return told_of(row) if row.state in REPORTED else None


def _typed(row: Activity) -> Told:
    typed = typed_of(row)
    on, title = day_typed(typed.get("on", "")), typed.get("title", "")
    minutes = minutes_typed(typed.get("minutes", ""))
    if minutes is None:
        read = minutes_read(title, policy_for(row.program, on=on or date.max))
        minutes = minutes_typed(read)
    whole = minutes if isinstance(minutes, int) else None
    return Told(title, on, whole, typed.get("provider", ""))
