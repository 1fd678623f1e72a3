"""The portal's own work outside the request."""

from datetime import timedelta

import structlog
from celery import shared_task

from core.clock import domain_now, now
from core.scope import Scope, scoped
from credentials.policy import cycle_programs, programs, zone_of
from notifications.services import BATCH, queue_summaries
from portal.services import forget_questions, tell_staff

# When a Monday's morning has come, by the body's clock.
MORNING = 6
QUESTIONS_KEPT = timedelta(days=365)
logger = structlog.get_logger(__name__)


@shared_task(name="portal.tasks.tell_of_questions")
def tell_of_questions() -> None:
    """Tell staff what they were asked; what a lost bell left is found again."""
    with scoped(Scope.sweep()):
        tell_staff(now=now())


@shared_task(name="portal.tasks.forget")
def forget() -> None:
    """Forget questions that were answered a year ago."""
    with scoped(Scope.sweep()):
        forgotten = forget_questions(before=now() - QUESTIONS_KEPT)
    logger.info("questions forgotten", count=forgotten)


@shared_task(name="portal.tasks.weekly")
def weekly() -> None:
    """Queue the weekly summary where the week's first morning has come.

    It may run as often as it likes, late, or in two workers at once: a person's week is
    one row.
    """
    for program in programs():
        local = domain_now(zone_of(program))
        if local.weekday() == 0 and local.hour < MORNING:
            continue
        with scoped(Scope.sweep()):
            count = queue_summaries(
                program=program,
                today=local.date(),
                now=now(),
                by_cycles=program in cycle_programs(),
            )
        if count == BATCH:
            weekly.delay()
        if count:
            logger.info("weekly summaries queued", program=program, count=count)
