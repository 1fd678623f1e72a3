"""The list of a body's members, as its staff search it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, cast

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from accounts.models import Member, Practice
from credentials.models import Certification, StandingPeriod, Window
from credentials.policy import cycle_programs, day_words
from portal.queries.narrowing import words_of
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import STANDING_TAGS, Chip, Tag, chip
from renewals.queries import facts_by_member, history_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Beside(TypedDict):
        """What is read beside a member."""

        last_on: date | None
        standing: str | None
        credential: str | None
        practice: str | None

    Found = WithAnnotations[Member, Beside]

PAGE_SIZE = 50


@dataclass(frozen=True)
class Row:
    """One member of the body; `tag` is their standing where the date doesn't say it."""

    name: str
    url: str
    practice: str
    credential: str
    date: Chip
    tag: Tag | None


@dataclass(frozen=True)
class StaffHome:
    """The body's members."""

    body_name: str
    verdict: str
    q: str
    all_url: str
    date_head: str
    members: Sequence[Row]
    page_obj: Pager


def staff_home(program: str, *, q: str, number: int, today: date) -> StaffHome:
    """Search a body's members by name, address or number."""
    found = _members(program, q, today)
    total = found.count()
    pager = pager_of(number, total, PAGE_SIZE, {"q": q})
    start = (pager.number - 1) * PAGE_SIZE
    noun = "member" if total == 1 else "members"
    cycles = program in cycle_programs()
    rows = _rows_by_cycle if cycles else _rows_by_term
    return StaffHome(
        body_name=body_name(program),
        verdict=f"{total} {noun} found." if q else f"{total} {noun}.",
        q=q,
        all_url="?",
        date_head="Cycle ends" if cycles else "Renewal date",
        members=rows(found[start:][:PAGE_SIZE], program, today),
        page_obj=pager,
    )


def _members(program: str, q: str, today: date) -> "QuerySet[Found]":
    mine: dict[str, Any] = {"member": OuterRef("pk"), "program": program}
    windows = Window.objects.filter(**mine).order_by("-sequence")
    standings = StandingPeriod.objects.filter(**mine, from_on__lte=today)
    earned = Certification.objects.filter(**mine).order_by("earned_on")
    practices = Practice.objects.filter(
        sponsorships__member=OuterRef("pk"),
        sponsorships__program=program,
        sponsorships__until_on=None,
    )
    found = Member.objects.of_program(program).annotate(
        last_on=Subquery(windows.values("last_on")[:1]),
        standing=Subquery(
            standings.order_by("-recording", "-from_on").values("standing")[:1]
        ),
        credential=Subquery(earned.values("number")[:1]),
        practice=Subquery(practices.values("name")[:1]),
    )
    for word in words_of(q):
        found = found.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
            | Q(certifications__number__iexact=word)
            | Q(certificates__number__iexact=word)
        )
    return cast("QuerySet[Found]", found)


def _rows_by_term(found: Iterable["Found"], program: str, today: date) -> list[Row]:
    return [
        _row(each, program, chip(each.last_on, each.standing, today)) for each in found
    ]


def _rows_by_cycle(found: Iterable["Found"], program: str, today: date) -> list[Row]:
    """Show the cycle of the day, which no row keeps: it follows from the facts (N1)."""
    members = list(found)
    facts = facts_by_member([each.pk for each in members], program)
    rows = []
    for each in members:
        cycle = history_of(facts[each.pk], program, as_of=today).running(today)
        date = Chip("none", "", "No cycle yet")
        if cycle:
            date = Chip("plain", "", day_words(cycle.last_on))
        tag = STANDING_TAGS[each.standing or "none"]
        rows.append(_row(each, program, date, tag))
    return rows


def _row(member: "Found", program: str, date: Chip, tag: Tag | None = None) -> Row:
    place = {"program": program, "member_id": member.pk}
    return Row(
        name=member.name,
        url=reverse("staff_member", kwargs=place),
        practice=member.practice or "None: pays alone",
        credential=member.credential or "Not earned yet",
        date=date,
        tag=tag,
    )
