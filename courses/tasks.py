"""Exams' own work outside the request."""

from collections.abc import Callable, Sequence
from uuid import UUID

import structlog
from celery import shared_task
from django.db import OperationalError

from core.clock import now, today
from core.scope import Scope, scoped
from courses.services import (
    earn_by_exams,
    exams_to_look_at,
    hand_in_overdue,
    overdue_attempts,
)
from credentials.policy import zone_of

BATCH = 200
logger = structlog.get_logger(__name__)


@shared_task(name="courses.tasks.earn")
def earn() -> None:
    """Record what exams earned, each in a transaction of its own."""
    with scoped(Scope.sweep()):
        waiting = exams_to_look_at(most=BATCH)
    _each(waiting, _earn, "what an exam earned was not recorded")


@shared_task(name="courses.tasks.hand_in")
def hand_in() -> None:
    """Hand in exams whose time is up and that were left open."""
    with scoped(Scope.sweep()):
        waiting = overdue_attempts(now=now(), most=BATCH)
    _each(waiting, _hand_in, "an exam whose time is up was not handed in")


def _each(ids: Sequence[UUID], act: Callable[[UUID], None], failed: str) -> None:
    """Do one after the other; one that fails holds nobody up."""
    for each in ids:
        try:
            with scoped(Scope.sweep()):
                act(each)
        # The database is away, or had to choose one of two: the beat comes again.
        except OperationalError:
            raise
        except Exception:
            logger.exception(failed, attempt=str(each))


def _earn(attempt_id: UUID) -> None:
    earn_by_exams(
        attempt_id=attempt_id, today_in=lambda code: today(zone_of(code)), now=now()
    )


def _hand_in(attempt_id: UUID) -> None:
    hand_in_overdue(attempt_id=attempt_id, now=now())
