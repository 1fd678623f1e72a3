"""When a term is told of before its end, and until when it renews by itself (A11).

Always a span of days, never one day alone: a day on which nothing ran is made good by
the next. A term is known here by its last day, as the tables know it; the pack in force
on that day says how long the spans are (X6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from credentials.policy import Policy


@dataclass(frozen=True, slots=True)
class Span:
    """Last days of terms, from the first to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether a last day is among them."""
        return self.first <= day <= self.last


def coming(versions: Sequence[Policy], today: date) -> tuple[Span, ...]:
    """Give the last days of terms that are to be told of today.

    Their renewal dates lie from today to as many days ahead as the pack says.
    `versions` are the program's packs, the oldest first.
    """
    return _spans(versions, today, before=True)


def arrived(versions: Sequence[Policy], today: date) -> tuple[Span, ...]:
    """Give the last days of terms that renew by themselves today.

    Their renewal dates lie from today to as many days back as the pack tells ahead:
    what was not renewed by then is left to people (docs/decisions, 0003).
    """
    return _spans(versions, today, before=False)


def _spans(
    versions: Sequence[Policy], today: date, *, before: bool
) -> tuple[Span, ...]:
    starts = [date.min, *(policy.effective for policy in versions[1:])]
    ends = [_shifted(later, -1) for _, later in pairwise(starts)] + [date.max]
    found = []
    for policy, start, end in zip(versions, starts, ends, strict=True):
        days = policy.terms.reminder.days_before
        # The renewal date is the day after the last one (A1).
        first = _shifted(today, -1 if before else -1 - days)
        last = _shifted(today, days - 1 if before else -1)
        span = Span(max(first, start), min(last, end))
        if span.first <= span.last:
            found.append(span)
    return tuple(found)


def _shifted(day: date, days: int) -> date:
    """Move a day, not beyond the calendar's ends."""
    moved = day.toordinal() + days
    return date.fromordinal(min(max(moved, 1), date.max.toordinal()))
