"""A practice's members as the API lists them: three statements at any size."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    DateField,
    F,
    OrderBy,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounts.models import Member, Practice, Sponsorship
from core.failures import Missing
from core.paging import Page, Rows, take
from credentials.models import StandingPeriod, Window
from portal.queries.narrowing import NAME, every_word

ORDERINGS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "name": ("last_name", "first_name", "pk"),
    "-name": ("-last_name", "-first_name", "-pk"),
    "renewal_date": (F("ends_on").asc(nulls_last=True), "last_name", "pk"),
    "-renewal_date": (F("ends_on").desc(nulls_last=True), "last_name", "pk"),
}


@dataclass(frozen=True)
class Asked:
    """Which members are asked for; an empty value asks for all.

    `renewal_before` keeps those whose renewal date stands before that day. Of several
    programs, one and the same must fit all that is asked.
    """

    program: str = ""
    standing: str = ""
    mode: str = ""
    renewal_before: date | None = None
    q: str = ""
    ordering: str = "name"


@dataclass(frozen=True)
class HeldOrIssued:
    """What became of the newest term's certificate, and why (X2).

    `why` lists the steps of the decision: rule, text, and whether it is a ruling.
    """

    state: str
    have: Decimal
    need: Decimal
    why: Sequence[Mapping[str, Any]]
    certificate_id: UUID | None


@dataclass(frozen=True)
class TermOf:
    """The newest term."""

    first_on: date
    last_on: date
    certificate: HeldOrIssued | None

    @property
    def renewal_on(self) -> date:
        """The renewal date (A1)."""
        return self.last_on + timedelta(days=1)


@dataclass(frozen=True)
class InProgram:
    """How a member stands in one program. Without a term the mode is "none"."""

    program: str
    mode: str
    standing: str
    sponsored_since: date
    term: TermOf | None


@dataclass(frozen=True)
class OnRoster:
    """One member with each program the practice sponsors them in."""

    id: UUID
    first_name: str
    last_name: str
    email: str
    programs: Sequence[InProgram]


def members(
    practice: Practice, asked: Asked, page: Page, *, days: Mapping[str, date]
) -> Rows[OnRoster]:
    """List the members a practice sponsors.

    Args:
        days: the day it is in each program's zone.

    Raises:
        Missing: the page stands behind the last one.
    """
    lines = _kept(_lines(practice, days), asked)
    ends_on = lines.filter(member=OuterRef("pk")).order_by("last_on")
    found = Member.objects.filter(pk__in=lines.values("member_id")).annotate(
        ends_on=Subquery(ends_on.values("last_on")[:1])
    )
    found = found.filter(every_word(asked.q, *NAME, "email"))
    rows = take(
        found.order_by(*ORDERINGS[asked.ordering]),
        page,
        "pk",
        "first_name",
        "last_name",
        "email",
    )
    return Rows(rows.count, _with_programs(practice, rows.rows, days))


def terms_of(
    practice: Practice, member_ids: Sequence[UUID], program: str
) -> dict[UUID, TermOf]:
    """Find the newest term of each member in a program, as the practice sees it."""
    latest = dict(
        _lines(practice, {})
        .filter(program=program, member__in=member_ids)
        .values_list("member_id", "window_id")
    )
    terms = _terms(practice, list(latest.values()))
    return {pk: terms[window] for pk, window in latest.items() if window in terms}


def member(
    practice: Practice, member_id: UUID, *, days: Mapping[str, date]
) -> OnRoster:
    """Find one member the practice sponsors.

    Raises:
        Missing: it sponsors no such member.
    """
    found = (
        Member.objects.of(practice)
        .filter(pk=member_id)
        .values("pk", "first_name", "last_name", "email")
    )
    for each in _with_programs(practice, list(found[:1]), days):
        return each
    raise Missing("Not found.")


def _lines(practice: Practice, days: Mapping[str, date]) -> QuerySet[Any]:
    """List open sponsorships with their newest term and their standing today."""
    same = {"member": OuterRef("member_id"), "program": OuterRef("program")}
    windows = Window.objects.filter(**same).order_by("-sequence")
    standings = StandingPeriod.objects.filter(
        **same, from_on__lte=OuterRef("day")
    ).order_by("-recording", "-from_on")
    today = Case(
        *(When(program=code, then=Value(day)) for code, day in days.items()),
        default=Value(None),
        output_field=DateField(),
    )
    return (
        Sponsorship.objects.of(practice)
        .open()
        .annotate(
            day=today,
            window_id=Subquery(windows.values("pk")[:1]),
            last_on=Subquery(windows.values("last_on")[:1]),
        )
        .annotate(standing=Subquery(standings.values("standing")[:1]))
    )


def _kept(lines: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    if asked.program:
        lines = lines.filter(program=asked.program)
    if asked.standing == "none":
        lines = lines.filter(Q(standing=None) | Q(standing="none"))
    elif asked.standing:
        lines = lines.filter(standing=asked.standing)
    if asked.mode == "none":
        lines = lines.filter(last_on=None)
    elif asked.mode:
        lines = lines.filter(renewal_mode=asked.mode, last_on__isnull=False)
    if asked.renewal_before:
        # The renewal date is the day after the last one.
        lines = lines.filter(last_on__lt=_day_before(asked.renewal_before))
    return lines


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def _with_programs(
    practice: Practice, rows: Sequence[Mapping[str, Any]], days: Mapping[str, date]
) -> list[OnRoster]:
    lines = list(
        _lines(practice, days)
        .filter(member__in=[row["pk"] for row in rows])
        .order_by("program")
        .values(
            "member_id",
            "program",
            "renewal_mode",
            "from_on",
            "standing",
            "window_id",
        )
    )
    terms = _terms(practice, [line["window_id"] for line in lines])
    programs: defaultdict[UUID, list[InProgram]] = defaultdict(list)
    for line in lines:
        term = terms.get(line["window_id"])
        programs[line["member_id"]].append(
            InProgram(
                program=line["program"],
                mode=line["renewal_mode"] if term else "none",
                standing=line["standing"] or "none",
                sponsored_since=line["from_on"],
                term=term,
            )
        )
    return [
        OnRoster(
            row["pk"],
            row["first_name"],
            row["last_name"],
            row["email"],
            programs[row["pk"]],
        )
        for row in rows
    ]


def _terms(
    practice: Practice, window_ids: Sequence[UUID | None]
) -> dict[UUID | None, TermOf]:
    found = Window.objects.filter(pk__in=[pk for pk in window_ids if pk]).values(
        "pk",
        "first_on",
        "last_on",
        "term_certificate__state",
        "term_certificate__have",
        "term_certificate__need",
        "term_certificate__reasons",
        "term_certificate__certificate_id",
        "term_certificate__certificate__practice_id",
    )
    return {
        row["pk"]: TermOf(row["first_on"], row["last_on"], _held(practice, row))
        for row in found
    }


def _held(practice: Practice, row: Mapping[str, Any]) -> HeldOrIssued | None:
    decided = {
        name.removeprefix("term_certificate__"): value for name, value in row.items()
    }
    if not decided["state"]:
        return None
    # Paper issued on another practice's account is that practice's.
    own = decided["certificate__practice_id"] == practice.pk
    return HeldOrIssued(
        state=decided["state"],
        have=decided["have"],
        need=decided["need"],
        why=decided["reasons"],
        certificate_id=decided["certificate_id"] if own else None,
    )
