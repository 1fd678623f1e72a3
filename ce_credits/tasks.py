"""CE's own work outside the request."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from celery import shared_task
from django.db import OperationalError

from ce_credits.services import (
    lists_to_take_in,
    look_again,
    look_for_missing,
    missing_to_look_for,
    remind_audits,
    rows_named_otherwise,
    rows_of_licensed,
    rows_to_take,
    take_attendance_in,
    take_row,
)
from core.clock import now, today
from core.scope import Scope, scoped
from core.work import hasten
from credentials.policy import programs, zone_of

BATCH = 200
logger = structlog.get_logger(__name__)


@shared_task(name="ce_credits.tasks.take_feed")
def take_feed() -> None:
    """Take what feeds and sponsors sent, each row in a transaction of its own.

    A killed worker leaves whole rows behind; a lost bell is found by the beat. A row
    that fails on our side holds nobody up: it waits for the next turn.
    """
    _take_lists_in()
    with scoped(Scope.sweep()):
        licensed = rows_of_licensed(most=BATCH)
    _look_again(licensed)
    failed = 0
    while True:
        rows = _waiting(failed)
        if not rows:
            return
        failed += sum(not _taken(row_id) for row_id in rows)


@shared_task(name="ce_credits.tasks.look_at_held_up")
def look_at_held_up() -> None:
    """Have rows taken that another's number or address held up and holds up no more.

    It holds every one that waits against who is there now, which new rows never wait
    for.
    """
    with scoped(Scope.sweep()):
        rows = rows_named_otherwise(most=BATCH)
    if _look_again(rows):
        hasten(take_feed.name)


def _take_lists_in() -> None:
    """Hand to the feed what sponsors say of who attended."""
    with scoped(Scope.sweep()):
        lists = lists_to_take_in(most=BATCH)
    for list_id in lists:
        try:
            with scoped(Scope.sweep()):
                take_attendance_in(list_id=list_id, now=now())
        except OperationalError:
            raise
        # One that fails on our side holds nobody up: the beat comes again.
        except Exception:
            logger.exception("attendance was not taken in", list=str(list_id))


def _look_again(rows: Sequence[UUID]) -> int:
    return sum(_looked_at(row_id) for row_id in rows)


def _looked_at(row_id: UUID) -> bool:
    try:
        with scoped(Scope.sweep()):
            return look_again(row_id=row_id, now=now())
    except OperationalError:
        raise
    # One that fails on our side holds nobody up: the beat comes again.
    except Exception:
        logger.exception("a row of a feed was not looked at", row=str(row_id))
        return False


def _waiting(failed: int) -> Sequence[UUID]:
    with scoped(Scope.sweep()):
        return rows_to_take(most=failed + BATCH)[failed:]


def _taken(row_id: UUID) -> bool:
    try:
        with scoped(Scope.sweep()):
            take_row(
                row_id=row_id, today_in=lambda code: today(zone_of(code)), now=now()
            )
    # The database is away, or had to choose one of two: the beat comes again.
    except OperationalError:
        raise
    except Exception:
        logger.exception("a row of a feed was not taken", row=str(row_id))
        return False
    return True


@shared_task(name="ce_credits.tasks.look_for_missing")
def look_for_missing_credit() -> None:
    """Look for what holders miss, each in a transaction of its own."""
    days = {code: today(zone_of(code)) for code in programs()}
    seen: set[UUID] = set()
    while True:
        with scoped(Scope.sweep()):
            found = missing_to_look_for(today=days, most=len(seen) + BATCH)
        left = [each for each in found if each not in seen]
        if not left:
            return
        for question_id in left:
            _looked_for(question_id)
        seen.update(left)


def _looked_for(question_id: UUID) -> None:
    try:
        with scoped(Scope.sweep()):
            look_for_missing(
                question_id=question_id,
                today_in=lambda code: today(zone_of(code)),
                now=now(),
            )
    except OperationalError:
        raise
    # One that fails on our side holds nobody up: the beat comes again.
    except Exception:
        logger.exception("missing credit not looked for", question=str(question_id))


@shared_task(name="ce_credits.tasks.remind")
def remind() -> None:
    """Remind whoever has not answered an audit that is due soon, each once."""
    faults: list[Exception] = []
    for program in programs():
        try:
            with scoped(Scope.sweep()):
                remind_audits(program=program, today=today(zone_of(program)), now=now())
        # One body's trouble is not another's.
        except Exception as error:
            logger.exception("reminding of audits failed", program=program)
            faults.append(error)
    if faults:
        raise ExceptionGroup("audits", faults)
