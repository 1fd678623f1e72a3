"""Finds whom to tell, whom to renew and whose figures are out of date."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from celery import shared_task
from django.db import OperationalError

from core.clock import now, today
from core.scope import Scope, scoped
from credentials.policy import cycle_programs, programs, zone_of
from renewals.queries import waiting_lines
from renewals.services import (
    certify_all,
    give_line,
    pass_day,
    tally_all,
    tell_answers,
)

BATCH = 200
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


@shared_task(name="renewals.tasks.tell_answers")
def tell_answers_to_staff() -> None:
    """Tell staff what applicants answered; what a lost bell left is found again."""
    with scoped(Scope.sweep()):
        tell_answers(now=now())


@shared_task(name="renewals.tasks.give_decrees")
def give_decrees() -> None:
    """Give what decrees have for each certificant, each in its own transaction.

    A killed worker leaves whole lines behind; a lost bell is found by the beat. A line
    that fails on our side holds nobody up: it waits for the next turn.
    """
    for program in cycle_programs():
        failed = 0
        while lines := _waiting(program, failed):
            failed += sum(not _given(program, line_id) for line_id in lines)


def _waiting(program: str, failed: int) -> Sequence[UUID]:
    with scoped(Scope.sweep()):
        return waiting_lines(program, most=failed + BATCH)[failed:]


def _given(program: str, line_id: UUID) -> bool:
    try:
        with scoped(Scope.sweep()):
            give_line(line_id=line_id, today=today(zone_of(program)), now=now())
    # The database is away, or had to choose one of two: the beat comes again.
    except OperationalError:
        raise
    except Exception:
        logger.exception("a line of a decree was not given", line=str(line_id))
        return False
    return True


@shared_task(name="renewals.tasks.certify_existing")
def certify_existing() -> None:
    """Issue what was certified before there were certificates of cycles."""
    for program in cycle_programs():
        certify_all(program=program, today=today(zone_of(program)), now=now())
