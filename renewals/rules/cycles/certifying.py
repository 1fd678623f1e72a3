"""For which days a credential of a cycle is certified (N1, N14)."""

from dataclasses import dataclass
from datetime import date

from renewals.rules.cycles.facts import Earned
from renewals.rules.cycles.history import History
from renewals.rules.cycles.one import Cycle
from renewals.rules.cycles.season import ONE_DAY


@dataclass(frozen=True, slots=True)
class Certified:
    """A credential, and the days of a cycle that a certificate of it is valid for."""

    earned: Earned
    cycle: Cycle
    first_on: date

    @property
    def last_on(self) -> date:
        """The last day, that of the cycle."""
        return self.cycle.last_on


def certified_next(history: History, last_on: date, day: date) -> tuple[Certified, ...]:
    """List what is certified for the cycle after one that was recertified.

    Args:
        history: with the approval in it.
        last_on: the last day of the cycle that was recertified.
        day: the day of the approval; what was earned by then goes on with the rest.
    """
    cycle = _begins_on(history, last_on + ONE_DAY)
    if cycle is None:
        return ()
    return tuple(_in(cycle, each) for each in cycle.held(day))


def certified_first(history: History, earned: Earned, day: date) -> Certified | None:
    """Say for which days a credential just recorded is certified; None for none.

    From the notification to the end of its cycle (N1). Where that is recertified
    already the next one is meant, and a cycle that is over certifies nothing.

    Args:
        history: with the credential in it.
        earned: the credential.
        day: the day it is recorded.
    """
    holding = [c for c in history.cycles if c.first_on <= earned.on <= c.last_on]
    cycle = holding[0] if holding else None
    while cycle is not None and cycle.recertified_by(day):
        cycle = _begins_on(history, cycle.last_on + ONE_DAY)
    if cycle is None or cycle.last_on < day:
        return None
    return _in(cycle, earned)


def _in(cycle: Cycle, earned: Earned) -> Certified:
    return Certified(earned, cycle, max(earned.on, cycle.first_on))


def _begins_on(history: History, day: date) -> Cycle | None:
    return next((each for each in history.cycles if each.first_on == day), None)
