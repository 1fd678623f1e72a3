"""What was reported: twice, with the same file, or otherwise than its file says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from ce_credits.models import Activity, ActivityStep, Proof
from ce_credits.rules import Likeness, Told, likeness, plain_title

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Marks(TypedDict):
        """What a reviewer should look at, read beside an activity."""

        same_file: bool
        for_staff: bool
        differs: bool
        again: bool

    Marked = WithAnnotations[Activity, Marks]

State = Activity.State
# What counts, or may: the same thing in two of these would count twice.
REPORTED = (State.SUBMITTED, State.ACCEPTED, State.RETURNED)
UNSEEN = (State.DRAFT, State.WITHDRAWN)


@dataclass(frozen=True)
class Alike:
    """Another activity, and by what it may be the same one."""

    activity: Activity
    likeness: Likeness


@dataclass(frozen=True)
class Twins:
    """What may be reported twice: activity → the others like it, by what."""

    titles: Mapping[UUID, frozenset[UUID]]
    hours: Mapping[UUID, frozenset[UUID]]


def told_of(activity: Activity) -> Told:
    """Take of an activity what tells it from another."""
    return Told(activity.title, activity.on, activity.minutes, activity.provider)


def duplicates_of(
    *, member_id: UUID, program: str, told: Told, besides: UUID | None = None
) -> list[Alike]:
    """List what a member reported of the same day that may be the same (A16).

    Those of the same title come first. `besides` is the activity asked about, where it
    is a row already.
    """
    if told.on is None:
        return []
    rows = Activity.objects.filter(
        member=member_id, program=program, on=told.on, state__in=REPORTED
    )
    day = [(each, told_of(each)) for each in rows if each.pk != besides]
    others = [its for _, its in day]
    found = [
        Alike(each, by) for each, its in day if (by := likeness(told, its, others))
    ]
    return sorted(found, key=lambda each: each.likeness != "title")


def same_title(one: str, other: str) -> bool:
    """Say whether two titles differ in case and spaces at most."""
    return plain_title(one) == plain_title(other)


def twins(program: str, member_ids: Iterable[UUID] | QuerySet[Activity, UUID]) -> Twins:
    """Find what members may have reported twice.

    One statement for any number of members; it reads only days with two activities.
    """
    others = Activity.objects.filter(
        member=OuterRef("member"),
        program=program,
        on=OuterRef("on"),
        state__in=REPORTED,
    ).exclude(pk=OuterRef("pk"))
    rows = (
        Activity.objects.filter(
            Exists(others),
            member__in=member_ids,
            program=program,
            state__in=REPORTED,
        )
        .order_by()
        .values_list("pk", "member_id", "on", "title", "minutes", "provider")
    )
    days: defaultdict[tuple[UUID, date | None], list[tuple[UUID, Told]]]
    days = defaultdict(list)
    for pk, member_id, on, title, minutes, provider in rows:
        days[member_id, on].append((pk, Told(title, on, minutes, provider)))
    found: dict[Likeness, defaultdict[UUID, set[UUID]]]
    found = {"title": defaultdict(set), "hour": defaultdict(set)}
    for day in days.values():
        all_told = [told for _, told in day]
        for (one, told), (other, its) in combinations(day, 2):
            if by := likeness(told, its, all_told):
                found[by][one].add(other)
                found[by][other].add(one)
    return Twins(_frozen(found["title"]), _frozen(found["hour"]))


def _frozen(found: Mapping[UUID, set[UUID]]) -> dict[UUID, frozenset[UUID]]:
    return {pk: frozenset(others) for pk, others in found.items()}


def marked(activities: "QuerySet[Activity]") -> "QuerySet[Marked]":
    """Annotate activities with what a reviewer should look at.

    `same_file`: its file lies on another activity of the body, whoever's; `for_staff`:
    the rules left its credit to staff (A6); `differs`: a file says another day or other
    minutes; `again`: staff sent it back, or did not accept it, before.
    """
    steps = ActivityStep.objects.filter(activity=OuterRef("pk"))
    return activities.annotate(
        same_file=Exists(_same_file()),
        for_staff=Exists(
            steps.filter(number=OuterRef("version"), facts__answer__outcome="staff")
        ),
        differs=Exists(_other_facts()),
        again=Exists(
            steps.filter(
                kind__in=(ActivityStep.Kind.RETURNED, ActivityStep.Kind.REJECTED),
                number__lt=OuterRef("version"),
            )
        ),
    )


def _same_file() -> QuerySet[Proof]:
    elsewhere = (
        Proof.objects.there()
        .handed_in()
        .filter(
            sha256=OuterRef("sha256"), activity__program=OuterRef("activity__program")
        )
        .exclude(activity=OuterRef("activity"))
        .exclude(activity__state__in=UNSEEN)
    )
    mine = Proof.objects.there().handed_in()
    return mine.filter(Exists(elsewhere), activity=OuterRef("pk"))


def _other_facts() -> QuerySet[Proof]:
    # As text, so that whatever a file says can be compared.
    said = {name: Cast(KT(f"said__{name}"), TextField()) for name in ("minutes", "on")}
    reported = {
        f"reported_{name}": Cast(F(f"activity__{name}"), TextField()) for name in said
    }
    differs = Q()
    for name in said:
        known = Q(**{f"said_{name}__isnull": False}) & ~Q(**{f"said_{name}": "null"})
        differs |= known & ~Q(**{f"said_{name}": F(f"reported_{name}")})
    named = {f"said_{name}": each for name, each in said.items()}
    return (
        Proof.objects.there()
        .handed_in()
        .filter(activity=OuterRef("pk"))
        .annotate(**named, **reported)
        .filter(differs)
    )


@dataclass(frozen=True)
class Elsewhere:
    """A file that lies on another activity too."""

    proof_id: UUID
    activity: Activity


def same_files(activity: Activity) -> list[Elsewhere]:
    """List the other activities of the body that carry a file of this one."""
    mine = dict(activity.proofs.there().handed_in().values_list("sha256", "pk"))
    found = (
        Proof.objects.of_program(activity.program)
        .there()
        .filter(sha256__in=list(mine))
        .exclude(activity=activity)
        .exclude(activity__state__in=UNSEEN)
        .select_related("activity__member")
        .order_by("added_at")
    )
    return [Elsewhere(mine[each.sha256], each.activity) for each in found]
