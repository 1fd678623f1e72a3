"""How everybody certified by a body of cycles stands: a list, and the same as a file.

Neither works anything out: what each cycle has come to is kept (`credentials.Tally`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from core.extract_cells import Column, Kind
from core.extracts import QueryTable
from credentials.policy import credit_words, cycle_programs, day_words, policy_for
from portal.queries.export_people import EMAIL, FIRST, LAST, STANDING
from portal.queries.narrowing import MEMBER_NAME, Narrowed, Pill, every_word
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import STANDING_TAGS, Tag
from renewals.queries import Tallied, counts_by_standing, lacking_words, tallied
from renewals.rules.cycles import CYCLE_STANDINGS

PAGE_SIZE = 50
SHORT = "short"
COLUMNS = (
    LAST,
    FIRST,
    EMAIL,
    Column("standing", STANDING),
    Column("cycle_from", "first_on", Kind.DAY),
    Column("cycle_until", "last_on", Kind.DAY),
    Column("ce_counts_until", "counts_until", Kind.DAY),
    Column("credits", "credits", Kind.AMOUNT),
    Column("credits_asked", "credits_asked", Kind.AMOUNT),
    Column("approved", "approved", Kind.AMOUNT),
    Column("approved_asked", "approved_asked", Kind.AMOUNT),
    Column("missing", "missing", Kind.AMOUNT),
    Column("missing_approved", "missing_approved", Kind.AMOUNT),
)


@dataclass(frozen=True)
class Asked(Narrowed):
    """Who is wanted: a standing, or those who miss CE, and words of a name."""

    only: str = ""
    q: str = ""


@dataclass(frozen=True)
class Row:
    """One person's cycle."""

    name: str
    url: str
    tag: Tag
    ends_text: str
    counts_text: str
    credit_text: str
    approved_text: str
    missing_text: str


@dataclass(frozen=True)
class StandingReport:
    """All the template shows."""

    body_name: str
    verdict: str
    sub: str
    in_cycles: bool
    terms_text: str
    members_url: str
    asked: Asked
    pills: Sequence[Pill]
    rows: Sequence[Row]
    page_obj: Pager
    csv_url: str


def standing_report(
    program: str, asked: Asked, *, number: int, today: date
) -> StandingReport:
    """Read a page of how everybody stands, with how many stand how."""
    named = _named(program, asked, today)
    counts = counts_by_standing(named)
    numbers = _numbers(counts)
    pager = pager_of(number, numbers[asked.only], PAGE_SIZE, asked.pairs)
    rows = _ordered(_kept(named, asked)).select_related("member")
    unit = policy_for(program, on=today).unit
    place = {"program": program}
    return StandingReport(
        body_name=body_name(program),
        verdict=_verdict(counts, asked),
        sub=f"As of {day_words(today)}.",
        in_cycles=program in cycle_programs(),
        terms_text=f"{body_name(program)} renews by terms, not by cycles. How people "
        "stand is on the page of each, and on their practice's Compliance page.",
        members_url=reverse("staff_home", kwargs=place),
        asked=asked,
        pills=_pills(asked, numbers),
        rows=[_row(each, unit) for each in rows[pager.start :][:PAGE_SIZE]],
        page_obj=pager,
        csv_url=f"{reverse('staff_standing_csv', kwargs=place)}{asked.url}",
    )


def standing_url(program: str) -> str:
    """The address of the list; empty for a body that renews by terms."""
    if program not in cycle_programs():
        return ""
    return reverse("staff_standing", kwargs={"program": program})


def standing_table(program: str, asked: Asked, today: date) -> QueryTable:
    """Give the same people as a file's rows: one statement, however many they are."""
    return QueryTable(_ordered(_kept(_named(program, asked, today), asked)), COLUMNS)


def _named(program: str, asked: Asked, today: date) -> QuerySet[Tallied]:
    return tallied(program, today).filter(every_word(asked.q, *MEMBER_NAME))


def _kept(found: QuerySet[Tallied], asked: Asked) -> QuerySet[Tallied]:
    if asked.only == SHORT:
        return found.filter(Q(missing__gt=0) | Q(missing_approved__gt=0))
    return found.filter(standing=asked.only) if asked.only else found


def _ordered(found: QuerySet[Tallied]) -> QuerySet[Tallied]:
    return found.order_by("member__last_name", "member__first_name", "member_id")


def _numbers(counts: Mapping[str, tuple[int, int]]) -> Mapping[str, int]:
    """Count everybody, those who miss CE, and those of each standing."""
    return {
        "": sum(count for count, _ in counts.values()),
        SHORT: sum(short for _, short in counts.values()),
        **{code: counts.get(code, (0, 0))[0] for code in CYCLE_STANDINGS},
    }


def _pills(asked: Asked, numbers: Mapping[str, int]) -> list[Pill]:
    """Offer everybody, those who miss CE, and each standing that is there."""
    return [
        Pill(
            label=_label(code),
            count=count,
            url=replace(asked, only=code).url,
            current=code == asked.only,
        )
        for code, count in numbers.items()
        if count or code in ("", SHORT, asked.only)
    ]


def _label(code: str) -> str:
    if code in STANDING_TAGS:
        return STANDING_TAGS[code].word
    return "CE missing" if code == SHORT else "Everybody"


def _row(row: Tallied, unit: str) -> Row:
    have, need = credit_words(row.credits), credit_words(row.credits_asked)
    share, asked = credit_words(row.approved), credit_words(row.approved_asked)
    place = {"program": row.program, "member_id": row.member_id}
    longer = row.counts_until != row.last_on
    return Row(
        name=row.member.name,
        url=reverse("staff_member", kwargs=place),
        tag=STANDING_TAGS[row.standing],
        ends_text=day_words(row.last_on),
        counts_text=f"{unit} counts until {day_words(row.counts_until)}"
        if longer
        else "",
        credit_text=f"{have} of {need} {unit}",
        approved_text=f"{share} of {asked} approved",
        missing_text=_missing_words(row),
    )


def _missing_words(row: Tallied) -> str:
    return lacking_words(row.missing, row.missing_approved).removesuffix(",")


def _verdict(counts: Mapping[str, tuple[int, int]], asked: Asked) -> str:
    total = sum(count for count, _ in counts.values())
    noun = "person" if total == 1 else "people"
    if asked.q:
        return f"{total:,} {noun} found"
    good = sum(counts.get(code, (0, 0))[0] for code in ("good", "due"))
    return f"{good:,} of {total:,} {noun} in good standing"
