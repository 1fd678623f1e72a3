"""How many of a practice's people stood, and will stand, how in each month."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery

from accounts.models import Practice, Sponsorship
from credentials.models import StandingPeriod
from portal.queries.month_chart import GAP, HEIGHT, WIDTH, MonthChart, column
from portal.queries.shown import STANDING_TAGS
from renewals.rules import add_months

# Twelve months behind, this one, twelve ahead.
BEHIND = AHEAD = 12
# From the foot of a column upwards.
ORDER = ("good", "due", "renew_now", "none")


@dataclass(frozen=True)
class StandingChart(MonthChart):
    """A picture of columns, and the same as a table."""

    people: int = 0


def standing_chart(practice: Practice, program: str, *, today: date) -> StandingChart:
    """Count who is on the practice's list today by standing, month by month.

    What is ahead is what becomes of it if nobody renews. Two statements, whatever the
    number of people.
    """
    timelines = _timelines(practice, program)
    first = today.replace(day=1)
    months = [add_months(first, step) for step in range(-BEHIND, AHEAD + 1)]
    counted = [_count(timelines, today if day == first else day) for day in months]
    columns = [
        column(place, day, counts, whole=len(timelines), order=ORDER, first=first)
        for place, (day, counts) in enumerate(zip(months, counted, strict=True))
    ]
    return StandingChart(
        people=len(timelines),
        width=len(months) * (WIDTH + GAP),
        height=HEIGHT,
        words=[(name, STANDING_TAGS[name].word) for name in ORDER],
        columns=columns,
    )


Timelines = Mapping[UUID, tuple[Sequence[date], Sequence[str]]]


def _timelines(practice: Practice, program: str) -> Timelines:
    ids = list(
        Sponsorship.objects.of(practice)
        .open()
        .filter(program=program)
        .values_list("member_id", flat=True)
    )
    newest = (
        StandingPeriod.objects.filter(member=OuterRef("member"), program=program)
        .order_by("-recording")
        .values("recording")[:1]
    )
    rows = (
        StandingPeriod.objects.filter(
            member__in=ids, program=program, recording=Subquery(newest)
        )
        .order_by("from_on")
        .values_list("member_id", "from_on", "standing")
    )
    found: defaultdict[UUID, tuple[list[date], list[str]]]
    found = defaultdict(lambda: ([], []))
    for member_id, from_on, standing in rows:
        found[member_id][0].append(from_on)
        found[member_id][1].append(standing)
    return {member_id: found[member_id] for member_id in ids}


def _count(timelines: Timelines, day: date) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for days, standings in timelines.values():
        place = bisect_right(days, day) - 1
        found[standings[place] if place >= 0 else "none"] += 1
    return found
