"""What became of a term or a cycle that ended: it went on, it did not, or nobody knows.

One word for each, as known on a day. What went on has a next term or cycle; what did
not is attrition.
"""

from datetime import date

from renewals.rules.cycles.one import Cycle
from renewals.rules.terms import Term

ON_TIME, EXTENDED, LATE, REINSTATED = "on_time", "extended", "late", "reinstated"
OPEN, LAPSED, EXPIRED, NOT_RENEWED = "open", "lapsed", "expired", "not_renewed"
TERM_OUTCOMES = (ON_TIME, LATE, OPEN, NOT_RENEWED)
CYCLE_OUTCOMES = (ON_TIME, EXTENDED, LATE, REINSTATED, OPEN, LAPSED, EXPIRED)
WENT_ON = frozenset({ON_TIME, EXTENDED, LATE, REINSTATED})
LEFT = frozenset({LAPSED, EXPIRED, NOT_RENEWED})


def term_outcome(term: Term, *, next_first_on: date | None, today: date) -> str:
    """Say what became of a term (A1, A11, A12).

    On time: the next one starts on its renewal date, so it was renewed by then. Late:
    it starts later. Until the renewal date is over one that nobody renewed is open;
    from then on it is not renewed, since an annual membership has no grace.
    """
    if next_first_on is not None:
        return ON_TIME if next_first_on <= term.renewal_on else LATE
    return OPEN if term.renewal_on >= today else NOT_RENEWED


def cycle_outcome(cycle: Cycle, *, paid_on: date | None, today: date) -> str:
    """Say what became of a cycle (N5, N7, N8, N16).

    Args:
        cycle: with what was decided by `today`.
        paid_on: the day that the payment of what closed it counts; as with the fee, it
            decides what is late.
        today: the body's day.
    """
    done = cycle.closing if cycle.recertified_by(today) else None
    if done is None:
        standing = cycle.standing(today)
        return standing if standing in {LAPSED, EXPIRED} else OPEN
    if done.kind == "reinstatement":
        return REINSTATED
    if cycle.extended(done.on):
        return EXTENDED
    return ON_TIME if (paid_on or done.on) <= cycle.last_on else LATE
