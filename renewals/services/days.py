"""What a day brings: notices, auto-renewals, charges, orders whose day has passed."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

import structlog
from celery.exceptions import SoftTimeLimitExceeded

from billing.services import tell_overdue
from core.scope import Scope, scoped
from credentials.policy import cycle_programs, term_programs
from renewals.services.card_endings import end_round, try_waiting
from renewals.services.card_rounds import advance_round, open_rounds, seats_for
from renewals.services.recertifying_reopened import reopened, take_reopened
from renewals.services.reminding import tell_auto_renewals, tell_due
from renewals.services.reminding_cycles import tell_cycles
from renewals.services.renewing import terms_to_renew, try_renewal

logger = structlog.get_logger(__name__)

T = TypeVar("T")
MOST_AT_ONCE = 200


def pass_day(*, program: str, today: date, now: datetime) -> bool:
    """Do what a day asks for in a program, once however often it runs.

    Every step is a transaction of its own, and one that breaks holds up no other.

    Args:
        program: the body whose terms or cycles are looked at.
        today: the day it is in the body's zone (X3).
        now: the instant, UTC.

    Returns:
        Whether there were more auto-renewals than are done in one go.

    Raises:
        ExceptionGroup: what broke, after everything else was done.
    """
    faults: list[Exception] = []
    more = False
    if program in term_programs():
        more = _pass_terms(program, today, now, faults)
    if program in cycle_programs():
        _step(partial(tell_cycles, program=program, today=today, now=now), faults)
        _pass_reopened(program, today, now, faults)
    _step(partial(tell_overdue, program=program, today=today, now=now), faults)
    if faults:
        raise ExceptionGroup(f"the day of {program}", faults)
    return more


def _pass_terms(
    program: str, today: date, now: datetime, faults: list[Exception]
) -> bool:
    """Tell and renew; say whether more renewals wait than are done in one go."""
    _step(partial(tell_due, program=program, today=today, now=now), faults)
    with scoped(Scope.sweep()):
        due = terms_to_renew(program=program, today=today, most=MOST_AT_ONCE)
    tried = 0
    for window_id in due:
        attempt = partial(try_renewal, window_id=window_id, today=today, now=now)
        tried += _step(attempt, faults) is not None
    # What could not be tried is listed again; where that is all, it waits its turn.
    more = len(due) == MOST_AT_ONCE and tried > 0
    with scoped(Scope.sweep()):
        rounds = open_rounds(program)
    for round_id in rounds:
        _pass_round(round_id, today, now, faults)
    _step(partial(tell_auto_renewals, program=program, today=today, now=now), faults)
    return more


def _pass_reopened(
    program: str, today: date, now: datetime, faults: list[Exception]
) -> None:
    """Take each reinstatement whose credit is there by now (N8)."""
    with scoped(Scope.sweep()):
        waiting = reopened(program)
    for key in waiting:
        again = partial(take_reopened, application_id=key, today=today, now=now)
        _step(again, faults)


def _pass_round(
    round_id: UUID, today: date, now: datetime, faults: list[Exception]
) -> None:
    """Renew who waits for the card and can be, then do the next thing for the round."""
    seats = partial(seats_for, round_id=round_id, today=today)
    renew = partial(try_waiting, round_id=round_id, today=today, now=now)
    for window_id in _step(seats, faults) or ():
        _step(partial(renew, window_id=window_id), faults)
    go_on = partial(advance_round, round_id=round_id, today=today, now=now)
    ending = _step(go_on, faults)
    if ending is not None:
        end = partial(end_round, round_id=round_id, today=today, now=now)
        _step(partial(end, ending=ending), faults)


def _step(work: Callable[[], T], faults: list[Exception]) -> T | None:
    """Do one step; where it breaks, its fault is kept and None comes back."""
    try:
        with scoped(Scope.sweep()):
            return work()
    except SoftTimeLimitExceeded:
        # The worker's time is up: what is left is found by the next.
        raise
    # The rest of the day has to go on, whatever it was.
    except Exception as error:
        logger.exception("a step of the day failed")
        faults.append(error)
        return None
