"""A practice's people with the standing and renewal date they have on a day."""

from datetime import date
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Practice, Sponsorship
from credentials.models import StandingPeriod, Window
from credentials.queries import left_out_from

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Shown(TypedDict):
        """What is read beside a sponsorship."""

        last_on: date | None
        sequence: int | None
        standing: str | None
        left_from: date | None

    Person = WithAnnotations[Sponsorship, Shown]
    People = QuerySet[Person]

# What each filter of the assignments page and the API means, in standings.
STANDING_OF = {"renew": "renew_now", "due": "due", "non": "none"}
MOST_WORDS = 5


def people(practice: Practice, program: str, today: date) -> "People":
    """List open sponsorships, each with its member and, as annotations:

    `last_on` (the newest term's last day), `sequence` (its number), `standing` today,
    `left_from` (since when they are left out, A13).
    """
    windows = Window.objects.filter(
        member=OuterRef("member_id"), program=program
    ).order_by("-sequence")
    standings = StandingPeriod.objects.filter(
        member=OuterRef("member_id"), program=program, from_on__lte=today
    ).order_by("-recording", "-from_on")
    found = (
        Sponsorship.objects.of(practice)
        .open()
        .filter(program=program)
        .annotate(
            last_on=Subquery(windows.values("last_on")[:1]),
            sequence=Subquery(windows.values("sequence")[:1]),
            standing=Subquery(standings.values("standing")[:1]),
            left_from=left_out_from(),
        )
        .select_related("member")
        .order_by("member__last_name", "member__first_name", "member_id")
    )
    return cast("People", found)


def counts(found: "People", *, only: str = "", q: str = "") -> dict[str, int]:
    """Count all people, those of each filter, and the chosen ones, in one statement.

    `terms` adds the chosen ones' terms up: it grows when one of them is renewed.
    """
    return found.order_by().aggregate(
        all=Count("pk"),
        renew=Count("pk", filter=_standing("renew")),
        due=Count("pk", filter=_standing("due")),
        non=Count("pk", filter=_standing("non")),
        chosen=Count("pk", filter=_choice(only, q)),
        terms=Coalesce(Sum("sequence", filter=_choice(only, q)), 0),
    )


def narrowed(found: "People", *, only: str = "", q: str = "") -> "People":
    """Keep the people of a filter, and those whose name holds every word of `q`."""
    return found.filter(_choice(only, q))


def _choice(only: str, q: str) -> Q:
    chosen = _standing(only)
    for word in q.split()[:MOST_WORDS]:
        chosen &= Q(member__first_name__icontains=word) | Q(
            member__last_name__icontains=word
        )
    return chosen


def _standing(only: str) -> Q:
    if only == "non":
        return Q(standing=None) | Q(standing="none")
    return Q(standing=STANDING_OF[only]) if only in STANDING_OF else Q()
