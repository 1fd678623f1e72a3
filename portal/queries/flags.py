"""What a reviewer is pointed to in the queue: in words and a shape, never by colour."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypedDict, cast
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Practice
from ce_credits.models import Activity, ActivityStep
from ce_credits.queries import marked, twins
from credentials.models import Certification, Window
from credentials.policy import cycle_programs, versions_of
from renewals.queries import Life, lives_of
from renewals.rules import Credit

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Flags(TypedDict):
        """The flags that the database sees, when it was sent in, and whose it is."""

        same_file: bool
        for_staff: bool
        differs: bool
        again: bool
        outside: bool
        since: date
        practice_slug: str | None
        practice_name: str | None

    Flagged = WithAnnotations[Activity, Flags]

Kind = ActivityStep.Kind


@dataclass(frozen=True)
class Flag:
    """One thing to look at."""

    code: str
    label: str
    icon: str


FLAGS = (
    Flag("twice", "Reported twice", "copy"),
    Flag("same_hour", "Same time, other title", "clock"),
    Flag("same_file", "Same file elsewhere", "file"),
    Flag("differs", "Differs from the file", "differs"),
    Flag("for_staff", "You determine credit", "gavel"),
    Flag("outside", "Outside any term", "outside"),
    Flag("over_limit", "Over a limit", "limit"),
    Flag("again", "Sent again", "swap"),
)
READ = frozenset({"same_file", "for_staff", "differs", "outside", "again"})


def flagged(activities: "QuerySet[Activity]") -> "QuerySet[Flagged]":
    """Annotate activities with every flag that the database sees.

    `since` is the day it was sent in, or sent in again; `practice_slug` and `_name` are
    the practice's it was reported under, else the one's that stands for its member.
    """
    begun = Window.objects.filter(
        member=OuterRef("member"),
        program=OuterRef("program"),
        first_on__lte=OuterRef("on"),
    )
    # Cycles begin with the credential, on the day after it (N2).
    certified = Certification.objects.filter(
        member=OuterRef("member"),
        program=OuterRef("program"),
        program__in=cycle_programs(),
        earned_on__lt=OuterRef("on"),
    )
    sent = ActivityStep.objects.filter(
        activity=OuterRef("pk"), kind__in=(Kind.SUBMITTED, Kind.RECORDED)
    ).order_by("-number")
    sponsors = Practice.objects.filter(
        sponsorships__member=OuterRef("member"),
        sponsorships__program=OuterRef("program"),
        sponsorships__until_on=None,
    )
    found = marked(activities).annotate(
        outside=~(Exists(begun) | Exists(certified)),
        since=Subquery(sent.values("on")[:1]),
        practice_slug=Coalesce("practice__slug", Subquery(sponsors.values("slug")[:1])),
        practice_name=Coalesce("practice__name", Subquery(sponsors.values("name")[:1])),
    )
    return cast("QuerySet[Flagged]", found)


@dataclass(frozen=True)
class Beside:
    """Which activities carry the flags that the database does not see."""

    ids: Mapping[str, frozenset[UUID]] = field(default_factory=dict)

    def condition(self, code: str) -> Q:
        """Keep what carries a flag; everything where none is named."""
        if not code:
            return Q()
        if code in READ:
            return Q(**{code: True})
        return Q(pk__in=self.ids.get(code, frozenset()))

    def of(self, row: "Flagged") -> list[Flag]:
        """List the flags of one activity."""
        return [flag for flag in FLAGS if self._has(row, flag.code)]

    def _has(self, row: "Flagged", code: str) -> bool:
        if code in READ:
            return bool(getattr(row, code))
        return row.pk in self.ids.get(code, ())

    def counts(self, rows: "QuerySet[Flagged]") -> dict[str, int]:
        """Count all of the rows (under ""), and those of each flag by its code.

        One statement, however many rows.
        """
        here = [flag.code for flag in FLAGS if flag.code in READ | self.ids.keys()]
        counted = rows.order_by().aggregate(
            total=Count("pk"),
            **{f"of_{code}": Count("pk", filter=self.condition(code)) for code in here},
        )
        found = {flag.code: counted.get(f"of_{flag.code}", 0) for flag in FLAGS}
        return {"": counted["total"], **found}


def beside(
    program: str, members: "QuerySet[Activity, UUID] | Collection[UUID]", today: date
) -> Beside:
    """Find the flags of some members' activities that need more than their own rows."""
    over: frozenset[UUID] = frozenset()
    if any(policy.caps or policy.largest for policy in versions_of(program)):
        over = over_limits(lives_of(set(members), program).values(), today)
    alike = twins(program, members)
    ids = {
        "twice": frozenset(alike.titles),
        "same_hour": frozenset(alike.hours),
        "over_limit": over,
    }
    # The database counts nothing at all where a condition can't be met.
    return Beside({code: found for code, found in ids.items() if found})


def over_limits(lives: Iterable[Life], today: date) -> frozenset[UUID]:
    """Find the activities whose credit a cap of the pack cuts."""
    return frozenset(
        activity_id
        for life in lives
        for activity_id, chain in life.by_activity.items()
        for credit in chain
        if credit.counts_as_of(today) and lost_over_limit(life, credit, today)
    )


def lost_over_limit(life: Life, credit: Credit, today: date) -> bool:
    """Say whether a limit keeps a part of one credit of a life from counting."""
    books = life.books(today)
    span = books.span_of(credit.on)
    if span is None:
        return False
    found = books.amounts(span, life.credits)
    return any(each.credit is credit and each.cut for each in found)
