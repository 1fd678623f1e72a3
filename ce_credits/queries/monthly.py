"""What was audited and what was reported, counted by month, for a whole body.

Each is a few statements, whatever the number of people.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from ce_credits.models import (
    Activity,
    AuditCase,
    AuditDraw,
    AuditItem,
    CreditAward,
)
from credentials.models import Certification

State, Outcome = Activity.State, AuditItem.Outcome
M = TypeVar("M", Activity, AuditCase, AuditItem, CreditAward)
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Stretch:
    """The days asked about, of one body.

    Args:
        program: the body.
        first: the first day.
        until: the last day.
        credential: of holders of this one by the day; all where it is empty.
    """

    program: str
    first: date
    until: date
    credential: str = ""

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.first, self.until


@dataclass(frozen=True)
class Audited:
    """Audits that were opened in a month by one draw; by hand where `draw_id` is None.

    `drawn` counts submissions, of so many `cases`; `answered` cases whose answer was
    sent. `verified` and `not_accepted` are submissions, as staff found; of the rest
    nothing is decided yet.
    """

    month: date
    draw_id: UUID | None
    cases: int
    answered: int
    closed: int
    drawn: int
    verified: int
    not_accepted: int

    @property
    def undecided(self) -> int:
        """How many submissions nobody decided on yet."""
        return self.drawn - self.verified - self.not_accepted


@dataclass(frozen=True)
class Reported:
    """What was done of a kind in a month and reported, as it stands today.

    What its holder withdrew is left out. `credits` are those that count today, whether
    or not staff looked at them (A9, N13), never negative.
    """

    month: date
    kind: str
    approved: int
    not_accepted: int
    returned: int
    waiting: int
    minutes: int
    credits: Decimal

    @property
    def reported(self) -> int:
        """How many there are."""
        return self.approved + self.not_accepted + self.returned + self.waiting


def audited(asked: Stretch) -> Sequence[Audited]:
    """Count audits by the month they were opened in, and by their draw."""
    opened = AuditCase.objects.of_program(asked.program).filter(
        opened_on__range=asked.days
    )
    cases = _holding(opened, asked, "member", "opened_on").order_by()
    counted = cases.annotate(month=TruncMonth("opened_on")).values("month", "draw")
    items = AuditItem.objects.filter(case__in=cases.values("pk")).order_by()
    found: defaultdict[tuple[date, UUID | None], Counter[str]] = defaultdict(Counter)
    found |= {
        (each["month"], each["case__draw"]): Counter(
            drawn=each["drawn"],
            verified=each["verified"],
            not_accepted=each["not_accepted"],
        )
        for each in items.annotate(month=TruncMonth("case__opened_on"))
        .values("month", "case__draw")
        .annotate(
            drawn=Count("pk"),
            verified=Count("pk", filter=Q(outcome=Outcome.VERIFIED)),
            not_accepted=Count("pk", filter=Q(outcome=Outcome.NOT_ACCEPTED)),
        )
    }
    rows = counted.annotate(
        cases=Count("pk"),
        answered=Count("pk", filter=Q(sent_on__isnull=False)),
        closed=Count("pk", filter=Q(closed_on__isnull=False)),
    )
    return [
        Audited(
            month=row["month"],
            draw_id=row["draw"],
            cases=row["cases"],
            answered=row["answered"],
            closed=row["closed"],
            drawn=found[row["month"], row["draw"]]["drawn"],
            verified=found[row["month"], row["draw"]]["verified"],
            not_accepted=found[row["month"], row["draw"]]["not_accepted"],
        )
        for row in rows.order_by("month", "draw__at", "draw")
    ]


def draws_in(asked: Stretch) -> Sequence[AuditDraw]:
    """List the draws of the days, the newest first, without what they drew from."""
    found = AuditDraw.objects.filter(program=asked.program, on__range=asked.days)
    return list(found.defer("population", "drawn"))


def reported_by_kind(asked: Stretch, *, today: date) -> Sequence[Reported]:
    """Count what was done in each month, by its kind and its own day (A16, N2)."""
    told = Activity.objects.of_program(asked.program).shown()
    done = told.filter(on__range=asked.days)
    mine = _holding(done, asked, "member", "on").order_by()
    states: defaultdict[tuple[date, str], Counter[str]] = defaultdict(Counter)
    minutes: Counter[tuple[date, str]] = Counter()
    rows = mine.annotate(month=TruncMonth("on")).values("month", "kind", "state")
    for row in rows.annotate(count=Count("pk"), time=Sum("minutes")):
        place = row["month"], row["kind"]
        states[place][row["state"]] += row["count"]
        minutes[place] += row["time"] or 0
    credits = _credits(asked, today)
    return [
        Reported(
            month=month,
            kind=kind,
            approved=counts[State.ACCEPTED],
            not_accepted=counts[State.REJECTED],
            returned=counts[State.RETURNED],
            waiting=counts[State.SUBMITTED],
            minutes=minutes[month, kind],
            credits=credits.get((month, kind), NOTHING),
        )
        for (month, kind), counts in sorted(states.items())
    ]


def _credits(asked: Stretch, today: date) -> Mapping[tuple[date, str], Decimal]:
    """Add up the credit that counts today: of each activity its newest award."""
    later = CreditAward.objects.filter(
        activity=OuterRef("activity"),
        sequence__gt=OuterRef("sequence"),
        counts_from__lte=today,
    )
    found = CreditAward.objects.filter(
        ~Exists(later),
        counts_from__lte=today,
        activity__program=asked.program,
        activity__on__range=asked.days,
        activity__submitted_at__isnull=False,
    ).exclude(activity__state__in=(State.DRAFT, State.WITHDRAWN))
    found = _holding(found, asked, "activity__member", "activity__on").order_by()
    rows = found.annotate(month=TruncMonth("activity__on")).values(
        "month", "activity__kind"
    )
    return {
        (row["month"], row["activity__kind"]): row["total"]
        for row in rows.annotate(total=Sum("credits"))
    }


def _holding(found: QuerySet[M], asked: Stretch, member: str, day: str) -> QuerySet[M]:
    """Keep what is of holders of the credential asked for, by the day it is of."""
    if not asked.credential:
        return found
    held = Certification.objects.filter(
        member=OuterRef(member),
        program=asked.program,
        code=asked.credential,
        earned_on__lte=OuterRef(day),
    )
    return found.filter(Exists(held))
