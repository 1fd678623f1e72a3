"""Core's own work outside the request."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from uuid import UUID

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import OperationalError

from core import heads
from core.clock import now, today
from core.exporting import (
    MADE_IN,
    Claim,
    Lost,
    Made,
    Work,
    claim_export,
    due_exports,
    exporters,
    fail_export,
    forget_exports,
    keep_export,
    note_progress,
    sweep_exports,
)
from core.failures import Refusal
from core.forgetting import forget_used_keys
from core.scope import Scope, scoped

# Seconds between two times a builder's progress is written.
SELDOM = 1.0
BROKE = "Something went wrong on our side. Ask for it again, or ask us for help."
TOO_LONG = (
    "Making it took too long. Ask for fewer people at a time, or for a shorter time."
)

logger = structlog.get_logger(__name__)


@shared_task(name="core.tasks.write_heads")
def write_heads() -> None:
    """Write how long the trail's chains are, outside the database, once a day."""
    place = heads.write_heads(folder=settings.AUDIT_HEADS_PATH, now=now())
    logger.info("trail's heads written", place=str(place or "there already"))


@shared_task(name="core.tasks.forget")
def forget() -> None:
    """Forget keys that can't be used again, and exports' files after their week.

    So go the files that a killed worker left.
    """
    with scoped(Scope.sweep()):
        forgotten = forget_used_keys(now=now())
        files = forget_exports(now=now())
        left = sweep_exports(now=now())
    logger.info("used keys forgotten", count=forgotten, exports=files, left=left)


@shared_task(name="core.tasks.make_export")
def make_export(job_id: str) -> None:
    """Make one file that was asked for, if nobody is at it."""
    with scoped(Scope.sweep()):
        claim = claim_export(job_id=UUID(job_id), now=now())
    if claim is None:
        return
    with TemporaryDirectory(prefix=MADE_IN) as folder:
        try:
            made = _built(claim, Path(folder))
            with scoped(Scope.sweep()):
                keep_export(claim=claim, made=made, now=now())
        except Lost:
            logger.info("export left to another worker", job=job_id)
        except Refusal as refusal:
            _end(claim, refusal.text)
        # Another time it would take as long.
        except SoftTimeLimitExceeded:
            _end(claim, TOO_LONG)
            logger.warning("export took too long", job=job_id)
        # The database is away: the beat comes again when the lease is over.
        except OperationalError:
            raise
        except Exception:
            _end(claim, BROKE)
            raise


@shared_task(name="core.tasks.make_exports")
def make_exports() -> None:
    """Ring for the next file that waits, also for one a killed worker left."""
    with scoped(Scope.sweep()):
        found = due_exports(now=now())
    for each in found:
        # Until the beat comes again: a bell nobody heard is no second one then.
        make_export.apply_async((str(each),), expires=60)


def _built(claim: Claim, folder: Path) -> Made:
    told = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal told
        if monotonic() - told < SELDOM and done < total:
            return
        told = monotonic()
        with scoped(Scope.sweep()):
            note_progress(claim=claim, done=done, total=total, now=now())

    work = Work(job=claim.job, folder=folder, progress=progress, now=now(), today=today)
    return exporters()[claim.job.kind].build(work=work)


def _end(claim: Claim, problem: str) -> None:
    with scoped(Scope.sweep()):
        fail_export(claim=claim, problem=problem, now=now())
