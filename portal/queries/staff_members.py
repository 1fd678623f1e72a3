"""The list of a body's members, as its staff search it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, cast
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from accounts.models import Member, Practice
from credentials.models import Certification, StandingPeriod, Window
from credentials.policy import cycle_programs, day_words, licence_programs
from portal.queries.narrowing import NAME, every_pattern, spelled, words_of
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import STANDING_TAGS, Chip, Tag, chip
from renewals.models import Licence
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
    number_head: str
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
    if program in cycle_programs():
        heads, rows = ("Credential", "Cycle ends"), _rows_by_cycle
    elif program in licence_programs():
        heads, rows = ("Licence", "Registration ends"), _rows_by_licence
    else:
        heads, rows = ("Credential", "Renewal date"), _rows_by_term
    return StaffHome(
        body_name=body_name(program),
        verdict=f"{total} {noun} found." if q else f"{total} {noun}.",
        q=q,
        all_url="?",
        number_head=heads[0],
        date_head=heads[1],
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
            every_pattern([spelled(word)], *NAME, "email")
            | Q(certifications__number__iexact=word)
            | Q(certificates__number__iexact=word)
            | Q(licences__in=_licences(program).filter(number__icontains=word))
        )
    # Somebody of several numbers is found once.
    return cast("QuerySet[Found]", found.distinct() if q else found)


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


def _licences(program: str) -> QuerySet[Licence]:
    return Licence.objects.standing().filter(program=program)


def _rows_by_licence(found: Iterable["Found"], program: str, today: date) -> list[Row]:
    """Show each licence with the end of its registration, or since when one retired."""
    members = list(found)
    held = defaultdict[UUID, list[Licence]](list)
    for each in _licences(program).filter(member__in=members).order_by("last_on"):
        held[each.member_id].append(each)
    rows = []
    for member in members:
        mine = held[member.pk]
        numbers = ", ".join(str(each) for each in mine) or "None entered"
        days = ", ".join(_ends(each, today) for each in mine) or "No registration"
        row = _row(member, program, Chip("plain", "", days))
        rows.append(replace(row, credential=numbers))
    return rows


def _ends(licence: Licence, today: date) -> str:
    retired = licence.retired_on
    if retired and retired <= today:
        return f"Retired since {day_words(retired)}"
    return day_words(licence.last_on)


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
