"""Terms: how long they run, how they follow each other, which one a day is in.

A term is known from the day it was applied; it may begin later (renewed early). Terms
of one person and program form a chain: each begins on or after the last day of the one
before it, plus one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from credentials.policy import Policy

ONE_DAY = timedelta(days=1)
MONTHS_A_YEAR = 12


class OutOfCalendarError(ValueError):
    """A term would end after the last year the calendar has (9999)."""


@dataclass(frozen=True, slots=True)
class Term:
    """A membership from its first to its last day, both included (A1).

    `applied_on` is the day it was assigned or renewed. `waived_on` is the day staff
    waived the credit its certificate waits for (A10); it changes nothing else.
    """

    first_on: date
    last_on: date
    applied_on: date
    waived_on: date | None = None

    @property
    def renewal_on(self) -> date:
        """The renewal date: the day after the last one (A1)."""
        return self.last_on + ONE_DAY

    @property
    def known_on(self) -> date:
        """The day from which the term stands: applied, or begun when recorded later."""
        return min(self.applied_on, self.first_on)


def add_months(day: date, months: int) -> date:
    """Move a day by months; where the month is too short, to its last day.

    Feb 29 plus 12 months is Feb 28, and from there it stays Feb 28 (A1).
    Raises OutOfCalendarError after the year 9999.
    """
    index = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(index, MONTHS_A_YEAR)
    if year > date.max.year:
        raise OutOfCalendarError(f"{day} plus {months} months is after {date.max}")
    for last in (day.day, 30, 29):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    return date(year, month + 1, 28)


def next_term(policy: Policy, *, applied_on: date, previous: Term | None) -> Term:
    """Make the term that is applied on a day (A1).

    The first one starts that day. A renewal on or before the present renewal date
    extends from it; a later one starts on the day it is applied, never backdated.
    `policy` is the version of the day applied. Raises OutOfCalendarError.
    """
    first_on = applied_on
    if previous is not None:
        first_on = max(applied_on, previous.renewal_on)
    last_on = add_months(first_on, policy.terms.term.months) - ONE_DAY
    return Term(first_on, last_on, applied_on)


def in_order(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Sort terms as they follow each other."""
    return tuple(sorted(terms, key=lambda term: (term.first_on, term.applied_on)))


def known_as_of(terms: Iterable[Term], day: date) -> tuple[Term, ...]:
    """List the terms that stand at the end of a day, in order."""
    return in_order(term for term in terms if term.known_on <= day)


def term_of(terms: Iterable[Term], day: date) -> Term | None:
    """Find the term whose credit a day's learning is (A16).

    A day between terms, or after the last one, counts in the term before it; a day
    before the first term is in none.
    """
    begun = [term for term in in_order(terms) if term.first_on <= day]
    return begun[-1] if begun else None


def term_before(terms: Iterable[Term], term: Term) -> Term | None:
    """Find the term that `term` closed: the last one that begins before it."""
    earlier = [each for each in in_order(terms) if each.first_on < term.first_on]
    return earlier[-1] if earlier else None
