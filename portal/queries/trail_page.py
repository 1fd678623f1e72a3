"""The trail of a practice or a body: filtered, page by page, and as a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse

from core.models import AuditEntry
from core.scope import Scope, scoped
from portal.queries.paging import Pager, pager_of
from portal.queries.trail import Happened, UndoOf, happened, words_of

PAGE_SIZE = 50
BATCH = 500
# The first part of an action, and what people call it.
KINDS = (
    ("account", "Accounts"),
    ("administrator", "Administrators"),
    ("renewal", "Auto-renewals"),
    ("ce", "CE activities"),
    ("catalogue", "CE catalogue"),
    ("certificate", "Certificates"),
    ("certification", "Credentials"),
    ("export", "Exports"),
    ("invitation", "Invitations"),
    ("mail", "Mail"),
    ("member", "Members"),
    ("order", "Orders"),
    ("password", "Passwords"),
    ("payment", "Payments"),
    ("practice", "Practices"),
    ("prices", "Prices"),
    ("product", "Assignments"),
    ("renewal_mode", "Renewal modes"),
    ("seats", "Seats"),
    ("staff", "Staff"),
    ("term", "Terms"),
    ("token", "API tokens"),
)
HEADINGS = (
    "When (UTC)",
    "Who",
    "What",
    "Member",
    "Practice",
    "Action",
    "Record",
    "Record id",
    "Request id",
    "Chain",
    "Number",
    "Mark",
)


@dataclass(frozen=True)
class Filters:
    """Which entries are wanted: who did it, what, from when until when, which record.

    `record` is a part of a member's name or of the sentence; `row_id` is what it says
    where it is the id of a row.
    """

    who: str = ""
    what: str = ""
    since: date | None = None
    until: date | None = None
    record: str = ""
    row_id: UUID | None = None

    def named(self) -> dict[str, str]:
        """The filters as an address holds them; empty ones are left out."""
        said = {
            "who": self.who,
            "what": self.what,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "record": self.record,
        }
        return {name: value for name, value in said.items() if value}


# The names of the filters in an address, and how long what they say may be.
FIELDS = {"who": 100, "what": 100, "since": 10, "until": 10, "record": 100}


def filters_of(said: Mapping[str, str]) -> Filters:
    """Read filters as an address has them; what means nothing is no filter."""
    what, record = said.get("what", ""), said.get("record", "")
    return Filters(
        who=said.get("who", ""),
        what=what if what in dict(KINDS) else "",
        since=_day(said.get("since", "")),
        until=_day(said.get("until", "")),
        record=record,
        row_id=_row_id(record),
    )


def _day(text: str) -> date | None:
    """Read a day; None for anything that is none, or that no entry can be of."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 9999 else None


def _row_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class TrailPage:
    """One page of the trail, the newest entry first."""

    place: str
    verdict: str
    filters: Filters
    kinds: Sequence[tuple[str, str]]
    entries: Sequence[Happened]
    file_url: str
    page_obj: Pager


def trail_page(
    entries: QuerySet[AuditEntry],
    filters: Filters,
    *,
    place: str,
    file_url: str,
    zone: ZoneInfo,
    number: int,
    undo_of: UndoOf | None = None,
) -> TrailPage:
    """Read one page of what somebody may see.

    Args:
        entries: all that they may see.
        place: whose trail it is, as the page says it.
        file_url: where the same entries are a file.
        zone: the zone in which days begin and times are shown.
    """
    found = wanted(entries, filters, zone)
    total = found.count()
    pager = pager_of(number, total, PAGE_SIZE, filters.named())
    return TrailPage(
        place=place,
        verdict=_verdict(total, filters),
        filters=filters,
        kinds=KINDS,
        entries=happened(
            found, zone, most=PAGE_SIZE, start=pager.start, undo_of=undo_of
        ),
        file_url=f"{file_url}?{urlencode(filters.named())}",
        page_obj=pager,
    )


def wanted(
    entries: QuerySet[AuditEntry], filters: Filters, zone: ZoneInfo
) -> QuerySet[AuditEntry]:
    """Narrow entries down to those a reader asks for."""
    if filters.who:
        entries = entries.filter(actor__icontains=filters.who)
    if filters.what:
        entries = entries.filter(action__startswith=f"{filters.what}.")
    if filters.since:
        entries = entries.filter(at__gte=_begin(filters.since, zone))
    if filters.until:
        entries = entries.filter(at__lt=_begin(filters.until, zone) + timedelta(1))
    if filters.record:
        entries = entries.filter(_about(filters))
    return entries


def trail_rows(
    entries: QuerySet[AuditEntry], filters: Filters, scope: Scope, zone: ZoneInfo
) -> Iterator[Sequence[object]]:
    """Give a file's rows, the newest first, a batch at a time in its own transaction.

    A file is read after the page's own transaction is over.
    """
    yield HEADINGS
    found = wanted(entries, filters, zone).select_related("member", "practice")
    last: int | None = None
    while True:
        with scoped(scope):
            left = found if last is None else found.filter(id__lt=last)
            batch = list(left.order_by("-id")[:BATCH])
        yield from map(_row, batch)
        if len(batch) < BATCH:
            return
        last = batch[-1].id


def _row(entry: AuditEntry) -> Sequence[object]:
    return (
        f"{entry.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        entry.actor,
        words_of(entry),
        entry.member.name if entry.member else "",
        entry.practice.name if entry.practice else "",
        entry.action,
        entry.subject_type,
        entry.subject_id,
        entry.request_id,
        entry.chain,
        entry.number,
        entry.hash,
    )


def _about(filters: Filters) -> Q:
    row = filters.row_id
    if row is not None:
        return Q(subject_id=row) | Q(member_id=row)
    about = Q(sentence__icontains=filters.record)
    for word in filters.record.split()[:4]:
        about |= Q(member__first_name__iexact=word) | Q(member__last_name__iexact=word)
    return about


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _verdict(total: int, filters: Filters) -> str:
    if not total and not filters.named():
        return "Nothing has happened yet."
    noun = "entry" if total == 1 else "entries"
    return f"{total:,} {noun} {'match' if filters.named() else 'in all'}."


def practice_file(slug: str) -> str:
    """The address of a practice's file."""
    return reverse("practice_activity_csv", kwargs={"practice": slug})


def body_file(program: str) -> str:
    """The address of a body's file."""
    return reverse("staff_activity_csv", kwargs={"program": program})
