"""What the public reads of somebody: the last that was approved, until it ends (N13).

It is read from the standing of each day alone. That something is applied for, looked at
or audited changes no word of it; a decision does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from credentials.policy import YearDay
from renewals.rules.standing import StandingFact, is_current

GOOD, LAST_APPROVED, LAPSED = "in_good_standing", "last_approved", "lapsed"
NOT_CURRENT, UNKNOWN = "not_current", "unknown"
PUBLISHED = (GOOD, LAST_APPROVED, LAPSED, NOT_CURRENT, UNKNOWN)
"""Every word that the report has, as programs read it."""

STOPPED = ("lapsed", "expired")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Published:
    """What is published: the word, since which day, and through which day it was good.

    `since` is the day it ended, None while it has not; `through` the last day that was
    approved, None where none is known.
    """

    code: str
    since: date | None = None
    through: date | None = None


def published(
    timeline: Sequence[StandingFact],
    day: date,
    *,
    ends: YearDay | None,
    earned_on: date | None = None,
) -> Published:
    """Say what the public reads of a credential on a day (N13, A12).

    Args:
        timeline: the standing of every day, as `StandingPeriod` keeps it.
        day: the body's day.
        ends: the day of the year on which cycles end; None for a body of terms.
        earned_on: when the credential was earned; one that its holder let expire before
            they began anew by another exam stays ended (N8).
    """
    begun = [each for each in timeline if each.from_on <= day]
    anew = _began_anew(begun)
    if earned_on and anew and earned_on < anew:
        return published(begun, anew - ONE_DAY, ends=ends, earned_on=earned_on)
    if not begun or begun[-1].standing == "none":
        return Published(UNKNOWN)
    if is_current(begun[-1].standing):
        return Published(GOOD, through=_good_through(timeline[len(begun) :], ends))
    run = _since_good(begun)
    first = run[0]
    through = first.from_on - ONE_DAY
    if ends is None:
        return Published(NOT_CURRENT, since=first.from_on, through=through)
    if first.standing == "under_review":
        through = _first_end(ends, through)
    if earned_on and earned_on > through:
        # It counts only once the cycle is recertified (N3).
        return Published(UNKNOWN)
    if day <= through:
        return Published(GOOD, through=through)
    return _after(run, through)


def _after(run: Sequence[StandingFact], through: date) -> Published:
    """Say what is read once the last day that was approved is over."""
    stopped = next((each for each in run if each.standing in STOPPED), None)
    if stopped is None:
        return Published(LAST_APPROVED, through=through)
    over = any(each.standing == "expired" for each in run)
    code = NOT_CURRENT if over else LAPSED
    return Published(code, since=stopped.from_on, through=through)


def _began_anew(begun: Sequence[StandingFact]) -> date | None:
    """Find the day a new exam began another chain of cycles, after one expired."""
    anew = None
    for before, each in pairwise(begun):
        if before.standing == "expired" and is_current(each.standing):
            anew = each.from_on
    return anew


def _since_good(begun: Sequence[StandingFact]) -> Sequence[StandingFact]:
    """Give the facts since the last day of good standing."""
    for place in range(len(begun) - 1, -1, -1):
        if is_current(begun[place].standing) or begun[place].standing == "none":
            return begun[place + 1 :]
    return begun


def _good_through(later: Sequence[StandingFact], ends: YearDay | None) -> date | None:
    """Give the last good day, if nobody does anything more."""
    end = next((each for each in later if not is_current(each.standing)), None)
    if end is None:
        return None
    day = end.from_on - ONE_DAY
    in_cycles = ends is not None and end.standing == "under_review"
    return _first_end(ends, day) if in_cycles and ends else day


def _first_end(ends: YearDay, day: date) -> date:
    """Give the first last day of cycles that is no earlier than a day.

    An application is taken from the window's opening on: its cycle ends next.
    """
    end = ends.of(day.year)
    return end if end >= day else ends.of(day.year + 1)
