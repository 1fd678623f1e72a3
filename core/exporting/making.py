"""Making a file: claim the job, tell how far it is, keep the file or say why not."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from core.actor import Actor
from core.audit import record
from core.exporting.contract import Lost, Made, what
from core.exporting.passing import KEPT, STORED
from core.files import forget, keep_file
from core.models import ExportJob
from core.turns import take_turn

MOST_ATTEMPTS = 3
OURS = Actor.system("exports")
GAVE_UP = "It could not be made. Ask for it again, or for fewer rows at a time."
State = ExportJob.State


@dataclass(frozen=True)
class Claim:
    """The right to make one file, until the lease ends and somebody else takes it."""

    job: ExportJob
    attempt: int

    @property
    def mine(self) -> "QuerySet[ExportJob]":
        """The job, as long as it is still this worker's."""
        return ExportJob.objects.filter(
            pk=self.job.pk, state=State.WORKING, attempts=self.attempt
        )


def due_exports(*, now: datetime) -> list[UUID]:
    """Name the job whose turn it is, if a worker may make one now.

    Among those who wait, whoever has had a file longest ago comes first, so that
    nobody's ten files keep everybody else's waiting.
    """
    at_work = _at_work(now)
    if at_work.count() >= settings.EXPORTS_AT_ONCE:
        return []
    busy = at_work.values_list("practice", "program")
    had = ExportJob.objects.filter(
        Q(practice=OuterRef("practice"))
        | Q(practice=None, program=OuterRef("program")),
        ready_at__isnull=False,
    ).order_by("-ready_at")
    found = ExportJob.objects.filter(_free(now)).alias(
        had_at=Subquery(had.values("ready_at")[:1])
    )
    for each in busy:
        found = found.exclude(_whose(*each))
    first = found.order_by(F("had_at").asc(nulls_first=True), "at", "pk")
    return list(first.values_list("pk", flat=True)[:1])


@transaction.atomic
def claim_export(*, job_id: UUID, now: datetime) -> Claim | None:
    """Claim a job that waits, or whose worker is lost; None where there is none.

    None also while another file of the same practice or body is being made, or as many
    as `EXPORTS_AT_ONCE` of all: the beat comes back to it. One that lost three workers
    is given up: a fourth would be lost as well.
    """
    # Without it, two that see a free place at once would both take it.
    take_turn("exports")
    free = ExportJob.objects.filter(_free(now), pk=job_id)
    wanted = free.first()
    if wanted is None:
        return None
    if wanted.attempts < MOST_ATTEMPTS and not _has_room(wanted, now):
        return None
    taken = free.filter(attempts__lt=MOST_ATTEMPTS).update(
        state=State.WORKING,
        leased_until=now + settings.EXPORT_LEASE,
        attempts=F("attempts") + 1,
        done=0,
        in_all=0,
    )
    if not taken:
        _give_up(wanted, now)
        return None
    job = ExportJob.objects.get(pk=job_id)
    return Claim(job, job.attempts)


def note_progress(*, claim: Claim, done: int, total: int, now: datetime) -> None:
    """Say how far it is, and keep the job for another while.

    Raises:
        Lost: another worker has it.
    """
    if not claim.mine.update(
        done=done, in_all=total, leased_until=now + settings.EXPORT_LEASE
    ):
        raise Lost


def keep_export(*, claim: Claim, made: Made, now: datetime) -> bool:
    """Store the file for a week; False where another worker has the job."""
    with made.path.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
        content.seek(0)
        key = keep_file(content, STORED)
    kept = False
    try:
        kept = _written(claim, made, key, digest, now)
    finally:
        # No row names it.
        if not kept:
            forget(key)
    return kept


@transaction.atomic
def _written(claim: Claim, made: Made, key: str, digest: str, now: datetime) -> bool:
    kept = claim.mine.update(
        state=State.READY,
        leased_until=None,
        file_key=key,
        file_name=made.name[:200],
        file_kind=made.kind,
        size=made.path.stat().st_size,
        sha256=digest,
        in_all=F("done"),
        ready_at=now,
        expires_at=now + KEPT,
    )
    if kept:
        _tell(claim.job, "made", f"Made {what(claim.job)}", now)
    return bool(kept)


@transaction.atomic
def fail_export(*, claim: Claim, problem: str, now: datetime) -> None:
    """End a job whose file can't be made, with what the person reads."""
    if claim.mine.update(state=State.FAILED, leased_until=None, problem=problem):
        _tell_failed(claim.job, problem, now)


@transaction.atomic
def _give_up(job: ExportJob, now: datetime) -> None:
    spent = ExportJob.objects.filter(_free(now), pk=job.pk, attempts=job.attempts)
    if spent.update(state=State.FAILED, leased_until=None, problem=GAVE_UP):
        _tell_failed(job, GAVE_UP, now)


def _tell_failed(job: ExportJob, problem: str, now: datetime) -> None:
    said = f"Did not make {what(job)}"
    _tell(job, "failed", said, now, reason=problem)


def _tell(
    job: ExportJob, what: str, sentence: str, now: datetime, reason: str = ""
) -> None:
    record(
        actor=OURS,
        action=f"export.{what}",
        subject=job,
        practice_id=job.practice_id,
        program=job.program,
        sentence=sentence,
        reason=reason,
        now=now,
    )


def _free(now: datetime) -> Q:
    return Q(state=State.WAITING) | Q(state=State.WORKING, leased_until__lte=now)


def _at_work(now: datetime) -> "QuerySet[ExportJob]":
    return ExportJob.objects.filter(state=State.WORKING, leased_until__gt=now)


def _whose(practice_id: UUID | None, program: str) -> Q:
    """Jobs of one practice, or of one body's staff."""
    return Q(practice=practice_id) if practice_id else Q(practice=None, program=program)


def _has_room(job: ExportJob, now: datetime) -> bool:
    at_work = _at_work(now)
    if at_work.count() >= settings.EXPORTS_AT_ONCE:
        return False
    return not at_work.filter(_whose(job.practice_id, job.program)).exists()
