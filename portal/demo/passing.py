"""Days of the demonstration that pass, with all that a real day brings."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from core import clock
from core.scope import Scope, scoped
from courses.services import (
    claims_to_remind,
    lives_to_tell,
    remind_of_claim,
    tell_codes,
)
from credentials.policy import cycle_programs, programs
from notifications.services import BATCH, queue_summaries
from renewals.services import pass_day


def live_through(day: date, *, now: Callable[[], datetime]) -> None:
    """Do what a day asks for, to the end.

    Args:
        day: the day it is.
        now: tells the instant.
    """
    for program in programs():
        while pass_day(program=program, today=day, now=now()):
            continue
        while _tell_week(program, day, now()):
            continue
        _tell_live(program, day, now())
        _remind_claims(program, day, now())


def _tell_week(program: str, day: date, now: datetime) -> bool:
    with scoped(Scope.sweep()):
        queued = queue_summaries(
            program=program,
            today=day,
            now=now,
            by_cycles=program in cycle_programs(),
        )
        return queued == BATCH


def _tell_live(program: str, day: date, now: datetime) -> None:
    with scoped(Scope.sweep()):
        for live_id in lives_to_tell(program=program, today=day):
            tell_codes(live_id=live_id, now=now)


def _remind_claims(program: str, day: date, now: datetime) -> None:
    with scoped(Scope.sweep()):
        for enrolment_id in claims_to_remind(program=program, today=day):
            remind_of_claim(enrolment_id=enrolment_id, today=day, now=now)


def move_on(*, present: date, to: date, now: Callable[[], datetime]) -> None:
    """Let one day after the other pass, each with what it asks for.

    Whoever looks at a page or composes a mail meanwhile finds the day it is just then.
    """
    for days in range(1, (to - present).days + 1):
        day = present + timedelta(days=days)
        clock.pin(day)
        live_through(day, now=now)
