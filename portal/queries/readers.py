"""Who read and who acknowledged a body's document, as the body's staff see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from accounts.models import Practice
from credentials.models import (
    DocumentAcknowledgement,
    DocumentReading,
    DocumentVersion,
    SecureDocument,
)
from credentials.policy import zone_of
from credentials.queries import current_versions
from portal.queries.document_cards import state_of
from portal.queries.narrowing import Narrowed, Pill, every_word
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.trail import when_words

PAGE_SIZE = 50
GROUPED = ("version_id", "version__number", "practice_id", "practice__name")
WHO = ("user_id", "reader")
Key = tuple[UUID, UUID, UUID]


@dataclass(frozen=True)
class Filters(Narrowed):
    """Which practices: by words of their names; `missing` acknowledged nothing yet."""

    q: str = ""
    missing: bool = False

    @property
    def pairs(self) -> dict[str, str]:
        """The filters as an address has them, empty ones left out."""
        said = {"show": "missing" if self.missing else "", "q": self.q}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class Reader:
    """Somebody who opened a version; `acknowledged_text` is empty where they didn't.

    `by` is the name they acknowledged by, where it is another than they read by.
    """

    name: str
    practice: str
    first_text: str
    times_text: str
    acknowledged_text: str
    by: str


@dataclass(frozen=True)
class OfVersion:
    """Those of this page's readers who read one version."""

    number: int
    tag: Tag
    readers: Sequence[Reader]


@dataclass(frozen=True)
class Waiting:
    """A practice that has not acknowledged the newest version."""

    practice: str
    opened_text: str


@dataclass(frozen=True)
class ReadersPage:
    """All the template shows: of `versions` and `waiting` the list that is asked for.

    `newest` is the version to be acknowledged; 0 where there is none.
    """

    body_name: str
    title: str
    verdict: str
    newest: int
    filters: Filters
    pills: Sequence[Pill]
    versions: Sequence[OfVersion]
    waiting: Sequence[Waiting]
    page_obj: Pager


def readers_page(
    document: SecureDocument, filters: Filters, *, number: int, today: date
) -> ReadersPage:
    """List a document's readers by version, or whose acknowledgement is missing.

    Args:
        number: which page of the list.
        today: the day it is in the body's zone.
    """
    program = document.program
    standing = DocumentVersion.objects.of_program(program).standing()
    newest = standing.filter(document=document).order_by("-number").first()
    groups, missing = _groups(document, filters.q), _missing(program, newest)
    waiting = missing.filter(every_word(filters.q, "name"))
    counts = groups.count(), waiting.count()
    total = counts[filters.missing]
    pager = pager_of(number, total, PAGE_SIZE, filters.pairs)
    span = slice(pager.start, pager.start + PAGE_SIZE)
    return ReadersPage(
        body_name=body_name(program),
        title=document.title,
        verdict=_verdict(program, newest, missing.count()),
        newest=newest.number if newest else 0,
        filters=filters,
        pills=_pills(filters, counts),
        versions=[] if filters.missing else _read(document, groups[span], today),
        waiting=_opened(newest, waiting[span]) if filters.missing and newest else [],
        page_obj=pager,
    )


def _groups(document: SecureDocument, q: str) -> "QuerySet[Any, dict[str, Any]]":
    """One line for each person and name of a practice that opened a version."""
    found = DocumentReading.objects.of_program(document.program).filter(
        every_word(q, "practice__name"), version__document=document
    )
    grouped: QuerySet[Any, dict[str, Any]] = (
        found.order_by("-version__number", "practice__name", *GROUPED, *WHO)
        .values(*GROUPED, *WHO)
        .annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
    )
    return grouped


def _with(program: str) -> QuerySet[Practice]:
    """The practices that stand for somebody in the body's program today."""
    return Practice.objects.filter(
        sponsorships__program=program, sponsorships__until_on=None
    ).distinct()


def _missing(program: str, newest: DocumentVersion | None) -> QuerySet[Practice]:
    if newest is None:
        return Practice.objects.none()
    done = DocumentAcknowledgement.objects.of_program(program).filter(
        version=newest, practice=OuterRef("pk")
    )
    return _with(program).filter(~Exists(done)).order_by("name", "pk")


def _read(
    document: SecureDocument, rows: Iterable[dict[str, Any]], today: date
) -> Sequence[OfVersion]:
    found = list(rows)
    numbers = {row["version__number"] for row in found}
    versions = {
        each.number: each
        for each in DocumentVersion.objects.of_program(document.program).filter(
            document=document, number__in=numbers
        )
    }
    current = current_versions([document.pk], today=today).get(document.pk)
    least = current.number if current else 0
    acknowledged = _acknowledged(document, found)
    zone = zone_of(document.program)
    return [
        OfVersion(
            number,
            state_of(versions[number], fresh=number >= least, today=today),
            [_reader(row, acknowledged, zone) for row in group],
        )
        for number, group in groupby(found, key=lambda row: int(row["version__number"]))
    ]


def _acknowledged(
    document: SecureDocument, rows: Sequence[Mapping[str, Any]]
) -> Mapping[Key, DocumentAcknowledgement]:
    found = DocumentAcknowledgement.objects.of_program(document.program).filter(
        version__in={row["version_id"] for row in rows},
        practice__in={row["practice_id"] for row in rows},
        user__in={row["user_id"] for row in rows},
    )
    return {(each.version_id, each.practice_id, each.user_id): each for each in found}


def _reader(
    row: Mapping[str, Any],
    acknowledged: Mapping[Key, DocumentAcknowledgement],
    zone: ZoneInfo,
) -> Reader:
    done = acknowledged.get((row["version_id"], row["practice_id"], row["user_id"]))
    return Reader(
        name=row["reader"],
        practice=row["practice__name"],
        first_text=when_words(row["first"], zone),
        times_text=_times(row["times"], row["last"], zone),
        acknowledged_text=when_words(done.at, zone) if done else "",
        by=done.by if done and done.by != row["reader"] else "",
    )


def _times(times: int, last: datetime, zone: ZoneInfo) -> str:
    if times == 1:
        return "Once"
    return f"{times:,} times, last {when_words(last, zone)}"


def _opened(
    newest: DocumentVersion, practices: Iterable[Practice]
) -> Sequence[Waiting]:
    found = list(practices)
    program = newest.document.program
    readings = DocumentReading.objects.of_program(program).filter(
        version=newest, practice__in=found
    )
    opened = dict(readings.order_by().values_list("practice").annotate(last=Max("at")))
    zone = zone_of(program)
    return [
        Waiting(
            each.name,
            f"Opened {when_words(opened[each.pk], zone)}"
            if each.pk in opened
            else "Not opened yet",
        )
        for each in found
    ]


def _pills(filters: Filters, counts: tuple[int, int]) -> Sequence[Pill]:
    labels = ("Readers", "Not acknowledged")
    return [
        Pill(
            label=label,
            url=replace(filters, missing=missing).url,
            current=missing == filters.missing,
            count=counts[missing],
        )
        for label, missing in zip(labels, (False, True), strict=True)
    ]


def _verdict(program: str, newest: DocumentVersion | None, missing: int) -> str:
    if newest is None:
        return "Every version is withdrawn: there is none to acknowledge."
    practices = _with(program).count()
    if not practices:
        return "No practice has anybody with you yet."
    done = practices - missing
    noun = "practice has" if practices == 1 else "practices have"
    return f"{done:,} of {practices:,} {noun} acknowledged version {newest.number}."
