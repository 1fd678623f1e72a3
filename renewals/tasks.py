"""Finds whom to tell, whom to renew and whose figures are out of date."""

import structlog
from celery import shared_task

from core.clock import now, today
from credentials.policy import cycle_programs, programs, zone_of
from renewals.services import pass_day, tally_all

logger = structlog.get_logger(__name__)


@shared_task(name="renewals.tasks.sweep")
def sweep() -> None:
    """Do what the day, in each body's own zone, asks for.

    It may run as often as it likes, late, or in two workers at once: what was missed is
    found again, what was done is not done twice.
    """
    faults: list[Exception] = []
    for program in programs():
        try:
            more = pass_day(program=program, today=today(zone_of(program)), now=now())
        # One body's trouble is not another's.
        except Exception as error:
            logger.exception("sweep failed", program=program)
            faults.append(error)
        else:
            if more:
                sweep.delay()
    if faults:
        raise ExceptionGroup("sweep", faults)


@shared_task(name="renewals.tasks.keep_tallies")
def keep_tallies() -> None:
    """Work out the figures of cycles that are missing, or follow an older policy."""
    for program in cycle_programs():
        tally_all(program=program, today=today(zone_of(program)), now=now())
