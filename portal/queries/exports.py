"""A practice's exports: what can be asked for, what was, and how each file is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from accounts.models import Practice
from core.exporting import Made, Work, exporters
from core.extracts import FORMATS, Table, write_table
from core.failures import Missing
from core.files import StoredFile
from core.models import ExportJob
from core.models.exports import MAKING
from core.scope import Scope, scoped
from core.shown import when_day_words, when_words
from credentials.policy import zone_of
from portal.queries.export_kinds import BY_CODE, KINDS, ExportKind
from portal.queries.paging import Pager, pager_of
from portal.queries.shown import Tag

PAGE_SIZE = 25
# More rows than that are made by a worker: nobody waits for a page so long. A row of a
# workbook takes ten times what a line takes.
MOST_AT_ONCE = {"csv": 20_000, "xlsx": 2_000, "jsonl": 20_000}
State = ExportJob.State
TAGS = {
    State.WAITING: Tag("info", "Waiting"),
    State.WORKING: Tag("info", "Being made"),
    State.READY: Tag("ok", "Ready"),
    State.FAILED: Tag("bad", "Not made"),
    State.EXPIRED: Tag("neutral", "Ended"),
}
FORMAT_WORDS = (
    ("csv", "CSV"),
    ("xlsx", "Excel (XLSX)"),
    ("jsonl", "JSON Lines"),
)


@dataclass(frozen=True)
class Row:
    """One file that was asked for."""

    name: str
    tag: Tag
    text: str
    by: str
    percent: int | None
    file_url: str
    file_text: str


@dataclass(frozen=True)
class ExportsPage:
    """All the template shows."""

    practice_name: str
    verdict: str
    kinds: Sequence[ExportKind]
    kind: str
    kept: Sequence[tuple[str, str]]
    kept_text: str
    formats: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    waits: bool
    page_obj: Pager


def exports_page(
    practice: Practice,
    program: str,
    kind: str,
    filters: Mapping[str, str],
    *,
    number: int,
    now: datetime,
) -> ExportsPage:
    """List the tables that were asked for on a practice's behalf, the newest first."""
    # What else is made has a page of its own, which says who may open it.
    found = ExportJob.objects.of(practice).filter(kind__in=list(BY_CODE))
    pager = pager_of(number, found.count(), PAGE_SIZE, {"program": program})
    making = found.filter(state__in=MAKING).count()
    rows = found.order_by("-at", "pk")[pager.start : pager.start + PAGE_SIZE]
    return ExportsPage(
        practice_name=practice.name,
        verdict=_verdict(pager.total, making),
        kinds=KINDS,
        kind=kind,
        kept=[*filters.items()],
        kept_text=", ".join(filters.values()),
        formats=FORMAT_WORDS,
        rows=[_row(practice, each, now) for each in rows],
        waits=bool(making),
        page_obj=pager,
    )


def export_of(practice: Practice, job_id: UUID) -> ExportJob:
    """Find one of a practice's jobs.

    Raises:
        Missing: it has no such job.
    """
    found = ExportJob.objects.of(practice).filter(pk=job_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def file_of(job: ExportJob, now: datetime) -> StoredFile:
    """Give a job's file.

    Raises:
        Missing: it isn't made yet, could not be, or its week is over.
    """
    if not is_there(job, now):
        raise Missing("Not found.")
    return StoredFile(job.file_key, job.file_kind, job.file_name)


def is_there(job: ExportJob, now: datetime) -> bool:
    """Say whether a job's file can be fetched."""
    over = job.expires_at is not None and job.expires_at <= now
    return job.state == State.READY and not over


def kind_named(code: str) -> ExportKind:
    """Find a table by its code.

    Raises:
        Missing: there is none.
    """
    if code not in BY_CODE:
        raise Missing("Not found.")
    return BY_CODE[code]


def table_of(
    practice: Practice,
    kind: ExportKind,
    program: str,
    filters: Mapping[str, str],
    today: date,
) -> Table:
    """Give a table of a practice, with the filters its page has."""
    known = {name: filters.get(name, "")[:most] for name, most in kind.filters.items()}
    return kind.read(practice, program, known, today)


def file_name(kind: ExportKind, practice: Practice, today: date, ending: str) -> str:
    """Name a file by what it holds, of whom and when."""
    return f"{kind.code}-{practice.slug}-{today}.{ending}"


def build_export(*, work: Work) -> Made:
    """Write one of the tables, as a worker does."""
    job = work.job
    kind, ending = BY_CODE[job.kind], str(job.params["format"])
    assert ending in FORMATS
    scope = Scope.sweep()
    today = work.today(zone_of(job.program))
    with scoped(scope):
        assert job.practice_id is not None
        practice = Practice.objects.get(pk=job.practice_id)
        filters = job.params.get("filters", {})
        table = table_of(practice, kind, job.program, filters, today)
    path = work.folder / "table"
    with path.open("w+b") as file:
        write_table(
            table, file, scope, ending=ending, title=kind.name, progress=work.progress
        )
    return Made(path, file_name(kind, practice, today, ending), ending)


def asking_url(
    practice: Practice, program: str, kind: str, filters: Mapping[str, str]
) -> str:
    """The address of the page on which a table is asked for, with its filters."""
    place = reverse("exports", kwargs={"practice": practice.slug})
    return f"{place}?{urlencode({'program': program, 'kind': kind, **filters})}"


@dataclass(frozen=True)
class ExportLinks:
    """The ways from a page to its table as a file."""

    csv_url: str
    xlsx_url: str
    more_url: str


def export_links(
    practice: Practice, program: str, kind: str, filters: Mapping[str, str]
) -> ExportLinks:
    """Give the ways to a page's table as a file, with the page's filters."""
    place = reverse("export_now", kwargs={"practice": practice.slug})
    said = {"kind": kind, "program": program, **filters}
    return ExportLinks(
        csv_url=f"{place}?{urlencode({**said, 'format': 'csv'})}",
        xlsx_url=f"{place}?{urlencode({**said, 'format': 'xlsx'})}",
        more_url=asking_url(practice, program, kind, filters),
    )


def _row(practice: Practice, job: ExportJob, now: datetime) -> Row:
    zone = zone_of(job.program)
    there = is_there(job, now)
    state = State(job.state)
    ended = state == State.READY and not there
    tag = TAGS[State.EXPIRED if ended else state]
    file = {"practice": practice.slug, "job_id": job.pk}
    known = exporters().get(job.kind)
    return Row(
        name=known.name if known else job.kind,
        tag=tag,
        text=_text(job, when_words(job.at, zone), there=there),
        by=job.by,
        percent=_percent(job) if state == State.WORKING else None,
        file_url=reverse("export_file", kwargs=file) if there else "",
        file_text=f"{job.file_name}, {_size(job.size)}" if there else "",
    )


def kept_until(job: ExportJob, zone: ZoneInfo) -> str:
    """Write the last day of a file that is there."""
    if not (job.ready_at and job.expires_at):
        return ""
    return when_day_words(job.ready_at, zone, later=job.expires_at - job.ready_at)


def _text(job: ExportJob, asked: str, *, there: bool) -> str:
    said = f"Asked for on {asked} by {job.by}."
    if job.state == State.FAILED:
        return f"{said} {job.problem}"
    if there:
        return f"{said} Download it until {kept_until(job, zone_of(job.program))}."
    if job.state in MAKING:
        return said
    return f"{said} The file was kept for a week."


def _percent(job: ExportJob) -> int:
    return min(100, job.done * 100 // job.in_all) if job.in_all else 0


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1000:.1f} kB"


def _verdict(count: int, making: int) -> str:
    if making:
        files = "1 file is" if making == 1 else f"{making} files are"
        return f"{files} being made. You can leave this page."
    if not count:
        return "No file was asked for yet."
    return "Each file can be downloaded for seven days."
