"""Learning's own work outside the request: exams, and letters of what was live."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

import structlog
from celery import shared_task
from django.db import OperationalError

from core.clock import now, today
from core.scope import Scope, scoped
from courses.services import (
    claims_to_remind,
    doubled_places,
    earn_by_exams,
    exams_to_look_at,
    free_doubled,
    hand_in_overdue,
    lives_to_tell,
    overdue_attempts,
    remind_of_claim,
    tell_codes,
)
from credentials.policy import programs, zone_of

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


@shared_task(name="courses.tasks.tell_live")
def tell_live() -> None:
    """Write to who was at something live, once its letter's first day has come (M4)."""
    for program in programs():
        with scoped(Scope.sweep()):
            waiting = lives_to_tell(program=program, today=today(zone_of(program)))
        _each(waiting, _tell_live, "who was at something live was not written to")


@shared_task(name="courses.tasks.free_places")
def free_places() -> None:
    """Free what one person has twice, once a merge of accounts stands (M4)."""
    for program in programs():
        day = today(zone_of(program))
        with scoped(Scope.sweep()):
            waiting = doubled_places(program=program, today=day, now=now())
        _each(waiting, partial(_free, day), "a doubled place was not freed")


@shared_task(name="courses.tasks.remind_claims")
def remind_claims() -> None:
    """Write once to who completed a course and did not claim its credit (M3)."""
    for program in programs():
        day = today(zone_of(program))
        with scoped(Scope.sweep()):
            waiting = claims_to_remind(program=program, today=day)
        _each(waiting, partial(_remind, day), "who can claim was not written to")


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
            logger.exception(failed, row=str(each))


def _earn(attempt_id: UUID) -> None:
    earn_by_exams(
        attempt_id=attempt_id, today_in=lambda code: today(zone_of(code)), now=now()
    )


def _hand_in(attempt_id: UUID) -> None:
    hand_in_overdue(attempt_id=attempt_id, now=now())


def _tell_live(live_id: UUID) -> None:
    tell_codes(live_id=live_id, now=now())


def _remind(day: date, enrolment_id: UUID) -> None:
    remind_of_claim(enrolment_id=enrolment_id, today=day, now=now())


def _free(day: date, registration_id: UUID) -> None:
    free_doubled(registration_id=registration_id, today=day, now=now())
