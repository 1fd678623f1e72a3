"""The page of audit binders: what one would hold, and those that were asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Practice
from core.actor import Actor
from core.failures import Missing
from core.models import AuditEntry, ExportJob
from core.models.exports import MAKING
from credentials.policy import zone_of
from portal.queries.binder_holds import holds
from portal.queries.binder_people import (
    Chosen,
    Period,
    chosen_people,
    current_terms,
)
from portal.queries.exports import TAGS, is_there, kept_until
from portal.queries.proofs import size_words
from portal.queries.shown import Measure, Tag
from portal.queries.trail import when_words

BINDER = "audit_binder"
MOST_SHOWN = 200
MOST_JOBS = 10
ANOTHERS = (
    "{by} asked for this binder, and the certifying body's documents in it have that "
    "name on every page. Make a binder of your own."
)
State = ExportJob.State


@dataclass(frozen=True)
class Person:
    """Somebody who may be ticked."""

    id: str
    name: str
    ticked: bool


@dataclass(frozen=True)
class Way:
    """A way to the same page with other days."""

    label: str
    url: str


@dataclass(frozen=True)
class Row:
    """A binder that was asked for."""

    title: str
    tag: Tag
    text: str
    measure: Measure | None
    zip_url: str
    zip_text: str
    pdf_url: str
    sha256: str
    opened: Sequence[str]


@dataclass(frozen=True)
class BinderPage:
    """All the template shows."""

    practice_name: str
    verdict: str
    period: str
    ways: Sequence[Way]
    count: int
    count_text: str
    holds: Sequence[tuple[str, str]]
    people: Sequence[Person]
    too_many_text: str
    keep: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    waits: bool


def binder_page(
    practice: Practice,
    program: str,
    chosen: Chosen,
    ticked: Sequence[str],
    *,
    actor: Actor,
    today: date,
    now: datetime,
) -> BinderPage:
    """Say what a binder would hold, and list those that were asked for, to somebody."""
    found = chosen_people(practice, program, chosen, today=today)
    count = found.count()
    shown = list(found[:MOST_SHOWN]) if count <= MOST_SHOWN else []
    jobs = list(binders_of(practice).filter(program=program)[:MOST_JOBS])
    waits = any(job.state in MAKING for job in jobs)
    return BinderPage(
        practice_name=practice.name,
        verdict=_verdict(count, waits=waits),
        period=chosen.period.words,
        ways=_ways(practice, program, today),
        count=count,
        count_text=_people(count),
        holds=holds(practice, program, chosen.period, found, today),
        people=[
            Person(str(each.pk), each.name, str(each.pk) in ticked) for each in shown
        ],
        too_many_text=_too_many(count),
        keep=list(_kept(program, chosen).items()),
        rows=_rows(practice, jobs, actor, now),
        waits=waits,
    )


def binder_of(practice: Practice, job_id: UUID, now: datetime) -> ExportJob:
    """Find one of a practice's binders that can be opened.

    Raises:
        Missing: it has no such binder, or its file isn't there.
    """
    found = binders_of(practice).filter(pk=job_id).first()
    if found is None or not is_there(found, now):
        raise Missing("Not found.")
    return found


def binders_of(practice: Practice) -> QuerySet[ExportJob]:
    """Give all binders that were asked for on a practice's behalf, the newest first."""
    found = ExportJob.objects.of(practice).filter(kind=BINDER)
    return found.order_by("-at", "pk")


def is_anothers(job: ExportJob, actor: Actor) -> bool:
    """Say whether a binder holds the body's documents under somebody else's name."""
    asked = (job.user_id, job.token_id)
    return bool(job.params.get("documents")) and asked != (
        actor.user_id,
        actor.token_id,
    )


def openings_of(
    practice: Practice, jobs: Sequence[ExportJob]
) -> Mapping[UUID, Sequence[AuditEntry]]:
    """Give who opened each of a practice's files and when, the first one first."""
    opened: dict[UUID, list[AuditEntry]] = {job.pk: [] for job in jobs}
    entries = AuditEntry.objects.filter(
        practice=practice.pk,
        subject_id__in=list(opened),
        action="export.opened",
    ).order_by("at")
    for entry in entries:
        opened[entry.subject_id].append(entry)
    return opened


def _rows(
    practice: Practice, jobs: Sequence[ExportJob], actor: Actor, now: datetime
) -> list[Row]:
    opened = openings_of(practice, jobs)
    return [_row(practice, job, opened[job.pk], actor, now) for job in jobs]


def _row(
    practice: Practice,
    job: ExportJob,
    opened: Sequence[AuditEntry],
    actor: Actor,
    now: datetime,
) -> Row:
    there, state, zone = is_there(job, now), State(job.state), zone_of(job.program)
    place = {"practice": practice.slug, "job_id": job.pk}
    ended = state == State.READY and not there
    many = len(job.params["members"])
    anothers = there and is_anothers(job, actor)
    return Row(
        title=f"{period_of(job).words}, {_people(many)}",
        tag=TAGS[State.EXPIRED if ended else state],
        text=ANOTHERS.format(by=job.by) if anothers else _text(job, there=there),
        measure=_measure(job, many) if state in MAKING else None,
        zip_url=reverse("export_file", kwargs=place) if there and not anothers else "",
        zip_text=f"ZIP with every file, {size_words(job.size)}" if there else "",
        pdf_url=reverse("binder_pdf", kwargs=place) if there and not anothers else "",
        sha256=job.sha256 if there else "",
        opened=[f"{each.actor}, {when_words(each.at, zone)}" for each in opened],
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def period_of(job: ExportJob) -> Period:
    """Give the days that a binder is about."""
    first, last = job.params["from_on"], job.params["until_on"]
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def _text(job: ExportJob, *, there: bool) -> str:
    zone = zone_of(job.program)
    said = f"Asked for by {job.by}, {when_words(job.at, zone)}."
    if job.state == State.FAILED:
        return f"{said} {job.problem}"
    if there:
        return f"{said} Kept here until {kept_until(job, zone)}."
    if job.state in MAKING:
        return f"{said} You can leave this page."
    return f"{said} The file was kept for seven days. Make it again if you need it."


def _measure(job: ExportJob, many: int) -> Measure:
    return Measure(
        id=job.pk.hex,
        label="People",
        done=f"{job.done:,}",
        of=f"{many:,}",
        value=str(min(job.done, many)),
        max=str(many),
    )


def _ways(practice: Practice, program: str, today: date) -> list[Way]:
    usual = Period.usual(today)
    periods = [("Last six years", usual)]
    begun = current_terms(practice, program, today)
    if begun:
        periods.append(("Current terms", Period(begun, today)))
    place = reverse("binder", args=[practice.slug])
    return [
        Way(label, f"{place}?{urlencode(_kept(program, Chosen(period)))}")
        for label, period in periods
    ]


def _kept(program: str, chosen: Chosen) -> Mapping[str, str]:
    kept = {
        "program": program,
        "from_on": chosen.period.from_on.isoformat(),
        "until_on": chosen.period.until_on.isoformat(),
        "only": chosen.only,
        "q": chosen.q,
    }
    return {name: value for name, value in kept.items() if value}


def _too_many(count: int) -> str:
    if count <= MOST_SHOWN:
        return ""
    return f"To tick people one by one, narrow the list to {MOST_SHOWN} or fewer."


def _verdict(count: int, *, waits: bool) -> str:
    if waits:
        return "A binder is being made. You can leave this page."
    if not count:
        return "Nobody is on the list of these days."
    return "One ZIP and one PDF for an audit: choose the days and the people."
