"""How the holders of a body's credentials stand as of any day: a list, and a file (R6).

Read from the standing that is kept, as it is known today. The public reads less of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import DateField, QuerySet, Value
from django.urls import reverse

from core.extract_cells import Column, Kind
from core.extracts import QueryTable
from credentials.policy import day_words, policy_for
from credentials.queries.holders import Standing, held, holders_on, standing_of
from portal.queries.export_people import FIRST, LAST, STANDING
from portal.queries.narrowing import (
    MEMBER_NAME,
    Narrowed,
    Option,
    Pill,
    every_word,
)
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import STANDING_TAGS, Tag

PAGE_SIZE = 50
CURRENT = ("good", "due")
Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Asked(Narrowed):
    """Which holders are wanted, as of which day; empty is today."""

    day: str = ""
    credential: str = ""
    only: str = ""
    q: str = ""


@dataclass(frozen=True)
class Row:
    """One credential of somebody."""

    name: str
    url: str
    credential: str
    number: str
    earned_text: str
    tag: Tag


@dataclass(frozen=True)
class Line:
    """A credential and how many of its holders stand how."""

    title: str
    cells: Sequence[tuple[str, int]]
    total: int


@dataclass(frozen=True)
class CredentialReport:
    """All the template shows."""

    body_name: str
    verdict: str
    sub: str
    as_of: date
    asked: Asked
    credentials: Sequence[Option]
    heads: Sequence[str]
    lines: Sequence[Line]
    pills: Sequence[Pill]
    rows: Sequence[Row]
    page_obj: Pager
    members_url: str
    csv_url: str
    xlsx_url: str


def credential_report(
    program: str, asked: Asked, *, as_of: date, number: int, today: date
) -> CredentialReport:
    """Read a page of holders as of a day, and how many of each credential stand how."""
    counts = _counts(program, asked, as_of)
    wanted = _by_standing(counts, asked.credential)
    total = wanted.get(asked.only, 0) if asked.only else sum(wanted.values())
    pager = pager_of(number, total, PAGE_SIZE, asked.pairs)
    shown = _ordered(_kept(_held(program, asked, as_of), asked)).select_related(
        "member"
    )
    codes = [code for code in STANDING_TAGS if any(s == code for _, s in counts)]
    titles = _titles(program, today)
    place = {"program": program}
    return CredentialReport(
        body_name=body_name(program),
        verdict=_verdict(wanted),
        sub=_sub(as_of, today),
        as_of=as_of,
        asked=asked,
        credentials=_options(titles, asked),
        heads=[STANDING_TAGS[code].word for code in codes],
        lines=_lines(titles, counts, codes),
        pills=_pills(asked, wanted),
        rows=[_row(each) for each in shown[pager.start :][:PAGE_SIZE]],
        page_obj=pager,
        members_url=reverse("staff_home", kwargs=place),
        csv_url=f"{reverse('staff_good_standing_csv', kwargs=place)}{asked.url}",
        xlsx_url=f"{reverse('staff_good_standing_xlsx', kwargs=place)}{asked.url}",
    )


def credential_table(program: str, asked: Asked, *, as_of: date) -> QueryTable:
    """Give the same holders as a file's rows: one statement, however many they are."""
    columns = (
        LAST,
        FIRST,
        Column("credential", "code"),
        Column("number", "number"),
        Column("earned_on", "earned_on", Kind.DAY),
        Column("standing", STANDING),
        Column("as_of", Value(as_of, output_field=DateField()), Kind.DAY),
    )
    found = _held(program, asked, as_of)
    return QueryTable(_ordered(_kept(found, asked)), columns)


def credential_codes(program: str, today: date) -> Sequence[str]:
    """List a body's credentials by their codes."""
    return list(_titles(program, today))


def _titles(program: str, today: date) -> Mapping[str, str]:
    held = policy_for(program, on=today).credentials
    return {each.code: each.title for each in held}


def _held(program: str, asked: Asked, as_of: date) -> "QuerySet[Standing]":
    """Find each credential's holders, with their standing on the day."""
    found = held(program, as_of).filter(every_word(asked.q, *MEMBER_NAME))
    return standing_of(found, program, as_of)


def _kept(found: "QuerySet[Standing]", asked: Asked) -> "QuerySet[Standing]":
    if asked.credential:
        found = found.filter(code=asked.credential)
    return found.filter(standing=asked.only) if asked.only else found


def _ordered(found: "QuerySet[Standing]") -> "QuerySet[Standing]":
    return found.order_by("member__last_name", "member__first_name", "code", "pk")


def _counts(program: str, asked: Asked, as_of: date) -> Counts:
    named = every_word(asked.q, *MEMBER_NAME)
    found = holders_on(program, [as_of], named=named)
    return {(code, standing): count for (_, code, standing), count in found.items()}


def _by_standing(counts: Counts, credential: str) -> Mapping[str, int]:
    """Add up by standing what is counted of one credential, or of all."""
    found: dict[str, int] = {}
    for (code, standing), count in counts.items():
        if credential in ("", code):
            found[standing] = found.get(standing, 0) + count
    return found


def _lines(
    titles: Mapping[str, str], counts: Counts, codes: Sequence[str]
) -> Sequence[Line]:
    known = {*titles, *(code for code, _ in counts)}
    lines = []
    for credential in sorted(known):
        row = [counts.get((credential, code), 0) for code in codes]
        cells = [(STANDING_TAGS[c].word, n) for c, n in zip(codes, row, strict=True)]
        lines.append(Line(titles.get(credential, credential), cells, sum(row)))
    return lines


def _options(titles: Mapping[str, str], asked: Asked) -> Sequence[Option]:
    every = Option("", "All credentials", not asked.credential)
    return [
        every,
        *(Option(c, f"{t} ({c})", c == asked.credential) for c, t in titles.items()),
    ]


def _pills(asked: Asked, counts: Mapping[str, int]) -> Sequence[Pill]:
    """Offer everybody, and each standing that is there."""
    numbers = {"": sum(counts.values())}
    numbers |= {code: counts.get(code, 0) for code in STANDING_TAGS}
    return [
        Pill(
            label=STANDING_TAGS[code].word if code else "Everybody",
            count=count,
            url=replace(asked, only=code).url,
            current=code == asked.only,
        )
        for code, count in numbers.items()
        if count or code in ("", asked.only)
    ]


def _row(found: Standing) -> Row:
    place = {"program": found.program, "member_id": found.member_id}
    return Row(
        name=found.member.name,
        url=reverse("staff_member", kwargs=place),
        credential=found.code,
        number=found.number,
        earned_text=day_words(found.earned_on),
        tag=STANDING_TAGS[found.standing],
    )


def _verdict(counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    good = sum(counts.get(code, 0) for code in CURRENT)
    noun = "credential" if total == 1 else "credentials"
    return f"{good:,} of {total:,} {noun} in good standing"


def _sub(as_of: date, today: date) -> str:
    if as_of > today:
        return f"On {day_words(as_of)}, if nobody does anything until then."
    known = "" if as_of == today else ", as it is known today"
    return f"As of {day_words(as_of)}{known}."
