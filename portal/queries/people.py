"""A practice's people with the standing and renewal date they have on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypedDict, cast
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Practice, Sponsorship
from accounts.rules import whole_name
from core.prepared import prepared_columns
from credentials.models import StandingPeriod, Window
from credentials.queries import left_out_from
from portal.queries.narrowing import MEMBER_NAME, every_pattern, spelled, words_of

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
    Columns = QuerySet[Sponsorship, dict[str, Any]]

# What each filter of the assignments page and the API means, in standings.
STANDING_OF = {"renew": "renew_now", "due": "due", "non": "none"}
FIRST, LAST = "member__first_name", "member__last_name"
BY_DATE = ("last_on", LAST, "member_id")
COLUMNS = (
    "member_id",
    FIRST,
    LAST,
    "renewal_mode",
    "last_on",
    "sequence",
    "standing",
    "left_from",
)


class Only(StrEnum):
    """Which people are asked for."""

    ALL = ""
    RENEW = "renew"
    DUE = "due"
    NON = "non"


@dataclass(frozen=True)
class OnPage:
    """Somebody as a page of many shows them; `name` as it stands on certificates.

    `all_terms` are those of everybody chosen, on all pages, where they were asked for.
    """

    member_id: UUID
    name: str
    first_name: str
    renewal_mode: str
    last_on: date | None
    sequence: int | None
    standing: str | None
    left_from: date | None
    all_terms: int | None = None


def people(practice: Practice, program: str, today: date) -> "People":
    """List open sponsorships, each with its member and, as annotations:

    `last_on` (the newest term's last day), `sequence` (its number), `standing` today,
    `left_from` (since when they are left out, A13).
    """
    found = Sponsorship.objects.of(practice).open()
    return _with_standing(found, program, today).select_related("member")


def _with_standing(
    found: "QuerySet[Sponsorship]", program: str, today: date
) -> "People":
    windows = Window.objects.filter(
        member=OuterRef("member_id"), program=program
    ).order_by("-sequence")
    standings = StandingPeriod.objects.filter(
        member=OuterRef("member_id"), program=program, from_on__lte=today
    ).order_by("-recording", "-from_on")
    shown = (
        found.filter(program=program)
        .annotate(
            last_on=Subquery(windows.values("last_on")[:1]),
            sequence=Subquery(windows.values("sequence")[:1]),
            standing=Subquery(standings.values("standing")[:1]),
            left_from=left_out_from(),
        )
        .order_by("member__last_name", "member__first_name", "member_id")
    )
    return cast("People", shown)


def page_of(
    practice: Practice,
    program: str,
    today: date,
    *,
    only: str,
    q: str,
    start: int,
    most: int,
    with_terms: bool,
) -> list[OnPage]:
    """List some of the people of a filter and a search, from a place on."""
    asked = (practice.pk, program, today, Only(only), patterns_of(q))
    return _shown(_page(*asked, start=start, most=most, with_terms=with_terms))


def most_urgent(
    practice: Practice, program: str, today: date, most: int
) -> list[OnPage]:
    """List whoever is to be renewed now or soon, the earliest date first."""
    return _shown(_urgent(practice.pk, program, today, most))


def _shown(rows: "Iterable[dict[str, Any]]") -> list[OnPage]:
    return [
        OnPage(
            first_name=(first := row.pop(FIRST)),
            name=whole_name(first, row.pop(LAST)),
            **row,
        )
        for row in rows
    ]


@prepared_columns
def _page(
    practice_id: UUID,
    program: str,
    today: date,
    only: Only,
    words: tuple[str, ...],
    *,
    start: int,
    most: int,
    with_terms: bool,
) -> "Columns":
    chosen = _open(practice_id, program, today).filter(_standing(only), _named(words))
    here = chosen[start : start + most]
    found = _again(here, program, today).values(*COLUMNS)
    if with_terms:
        # One look at all of them, beside the rows: no statement of its own.
        total = chosen.order_by().values("practice").annotate(terms=Sum("sequence"))
        found = found.annotate(all_terms=Subquery(total.values("terms")))
    return cast("Columns", found)


@prepared_columns
def _urgent(practice_id: UUID, program: str, today: date, most: int) -> "Columns":
    soon = [STANDING_OF[only] for only in (Only.RENEW, Only.DUE)]
    urgent = _open(practice_id, program, today).filter(standing__in=soon)
    here = _again(urgent.order_by(*BY_DATE)[:most], program, today)
    return cast("Columns", here.order_by(*BY_DATE).values(*COLUMNS))


def _again(these: "People", program: str, today: date) -> "People":
    """Look up what is shown of these alone: all were put in order without it."""
    here = Sponsorship.objects.filter(pk__in=these.values("pk"))
    return _with_standing(here, program, today)


def _open(practice_id: UUID, program: str, today: date) -> "People":
    found = Sponsorship.objects.filter(practice=practice_id).open()
    return _with_standing(found, program, today)


def tally(
    practice: Practice, program: str, today: date, *, only: str = "", q: str = ""
) -> dict[str, int]:
    """Count as `counts` does, but no terms: those are looked up person by person."""
    return _totals(_by_standing(practice.pk, program, today, patterns_of(q)), only)


@prepared_columns
def _by_standing(
    practice_id: UUID, program: str, today: date, words: tuple[str, ...]
) -> "Columns":
    return _grouped(_open(practice_id, program, today), words)


def counts(found: "People", *, only: str = "", q: str = "") -> dict[str, int]:
    """Count all people, those of each filter, and the chosen ones, in one statement.

    `terms` adds the chosen ones' terms up: it grows when one of them is renewed.
    """
    words = patterns_of(q)
    terms = Coalesce(Sum("sequence", filter=_named(words)), 0)
    return _totals(_grouped(found, words).annotate(terms=terms), only)


def _grouped(found: "People", words: Sequence[str]) -> "Columns":
    """Group by standing: each person's is looked up once, not once a filter."""
    grouped = found.order_by().values("standing").annotate(people=Count("member"))
    if words:
        grouped = grouped.annotate(named=Count("member", filter=_named(words)))
    return cast("Columns", grouped)


def _totals(rows: Iterable[Mapping[str, Any]], only: str) -> dict[str, int]:
    totals = dict.fromkeys(("all", *STANDING_OF, "chosen", "terms"), 0)
    for row in rows:
        standing = row["standing"] or "none"
        totals["all"] += row["people"]
        for name, meant in STANDING_OF.items():
            totals[name] += row["people"] if standing == meant else 0
        if STANDING_OF.get(only, standing) == standing:
            totals["chosen"] += row.get("named", row["people"])
            totals["terms"] += row.get("terms", 0)
    return totals


def narrowed(found: "People", *, only: str = "", q: str = "") -> "People":
    """Keep the people of a filter, and whose name or address holds each word."""
    return found.filter(_choice(only, q))


def _choice(only: str, q: str) -> Q:
    return _standing(only) & _named(patterns_of(q))


def _named(words: Sequence[str]) -> Q:
    return every_pattern(words, *MEMBER_NAME, "member__email")


def patterns_of(q: str) -> tuple[str, ...]:
    """Give the words that are looked for, each as a pattern."""
    return tuple(map(spelled, words_of(q)))


def _standing(only: str) -> Q:
    if only == "non":
        return Q(standing=None) | Q(standing="none")
    return Q(standing=STANDING_OF[only]) if only in STANDING_OF else Q()
