"""Asking for a file, and noting who opened it."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, Q

from core.actor import Actor
from core.audit import record
from core.exporting.contract import what
from core.failures import NotEligible
from core.idempotency import KEPT
from core.models import ExportJob
from core.models.exports import MAKING
from core.work import hasten

TASK = "core.tasks.make_export"
# Of one practice or body at a time: nobody's files keep everybody else's waiting.
MOST_WAITING = 10


@transaction.atomic
def ask_for_export(
    *,
    actor: Actor,
    practice_id: UUID | None,
    program: str,
    kind: str,
    params: Mapping[str, Any],
    key: str,
    now: datetime,
) -> ExportJob:
    """Have a worker make a file; asked twice by one form within a day it is one job.

    Args:
        practice_id: whose rows it holds; None for what a body's staff ask for.
        program: the body concerned.
        kind: one of `exporters()`.
        params: what the builder of the kind reads, as JSON can say it.
        key: names the form or request; the same key of another actor, practice, body
            or kind is another key, and after a day (`core.idempotency.KEPT`) a new one.

    Raises:
        NotEligible: ten of them are being made already.
    """
    once = _digest(actor.key, practice_id or "", program, kind, key)
    # Keys stay for good: after a day, the key made of this one and its job follows.
    while before := ExportJob.objects.filter(key=once).first():
        if before.at > now - KEPT:
            return before
        once = _digest(once, before.pk)
    whose = Q(practice_id=practice_id) if practice_id else Q(practice=None)
    making = ExportJob.objects.filter(whose, program=program, state__in=MAKING)
    if making.count() >= MOST_WAITING:
        raise NotEligible(
            f"{MOST_WAITING} files are being made already. "
            "Ask again when one of them is ready."
        )
    job = ExportJob(
        practice_id=practice_id,
        program=program,
        kind=kind,
        params=dict(params),
        key=once,
        by=actor.label[:200],
        user_id=actor.user_id,
        token_id=actor.token_id,
        at=now,
    )
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        # The same form, a moment ago.
        return ExportJob.objects.get(key=once)
    _tell(actor, job, "asked", f"Asked for {what(job)}", now)
    hasten(TASK, str(job.pk))
    return job


@transaction.atomic
def note_opened(*, actor: Actor, job: ExportJob, now: datetime) -> None:
    """Note on the trail that somebody fetched a file."""
    _tell(actor, job, "opened", f"Downloaded {what(job)}", now)


@transaction.atomic
def note_taken(
    *, actor: Actor, practice: Model, program: str, name: str, now: datetime
) -> None:
    """Note on the trail that somebody took a practice's table as a file at once.

    Args:
        name: the table's, as people call it.
    """
    record(
        actor=actor,
        action="export.taken",
        subject=practice,
        practice_id=practice.pk,
        program=program,
        sentence=f"Downloaded the table “{name}”",
        now=now,
    )


def _digest(*parts: object) -> str:
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()


def _tell(
    actor: Actor, job: ExportJob, what: str, sentence: str, now: datetime
) -> None:
    record(
        actor=actor,
        action=f"export.{what}",
        subject=job,
        practice_id=job.practice_id,
        program=job.program,
        sentence=sentence,
        now=now,
    )
