"""The figures of staff's reports, as page, file and REST show them alike.

What each counts is said in docs/decisions/0033-staff-reports.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ce_credits.queries.monthly import (
    Audited,
    Reported,
    Stretch,
    audited,
    reported_by_kind,
)
from credentials.policy import cycle_programs
from credentials.queries.holders import holders_on
from portal.queries.credential_report import CURRENT
from portal.queries.reports_asked import Asked, last_day
from renewals.queries.outcomes import Ended, outcomes
from renewals.rules import STANDINGS
from renewals.rules.cycles import CYCLE_STANDINGS
from renewals.rules.outcomes import (
    CYCLE_OUTCOMES,
    LEFT,
    OPEN,
    TERM_OUTCOMES,
    WENT_ON,
)

WHOLE = Decimal(100)
A_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Stood:
    """How the holders of a credential stand on the day that stands for a month."""

    month: date
    day: date
    credential: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many hold it."""
        return sum(self.counts.values())

    @property
    def current(self) -> int:
        """How many of them are in good standing."""
        return sum(self.counts.get(each, 0) for each in CURRENT)


@dataclass(frozen=True)
class Went:
    """What ended in a month, or will, and what became of it."""

    month: date
    counts: Mapping[str, int]
    ahead: bool = False

    @property
    def ended(self) -> int:
        """How many terms or cycles have their last day in it."""
        return sum(self.counts.values())

    @property
    def went_on(self) -> int:
        """How many have a next one."""
        return sum(self.counts.get(each, 0) for each in WENT_ON)

    @property
    def left(self) -> int:
        """How many have none, and no time left to have one without a new beginning."""
        return sum(self.counts.get(each, 0) for each in LEFT)

    @property
    def open(self) -> int:
        """How many are not settled yet."""
        return self.counts.get(OPEN, 0)

    @property
    def attrition(self) -> Decimal | None:
        """The percentage of what ended that did not go on; None for nothing, or yet."""
        if self.ahead or not self.ended:
            return None
        return (WHOLE * self.left / self.ended).quantize(A_TENTH)


def standings_of(program: str) -> Sequence[str]:
    """List every standing a body's holders may have, the best first."""
    if program in cycle_programs():
        return (*CYCLE_STANDINGS, "none")
    return (*STANDINGS[1:], "none")


def outcomes_of(program: str) -> Sequence[str]:
    """List all that may become of a body's terms or cycles."""
    return CYCLE_OUTCOMES if program in cycle_programs() else TERM_OUTCOMES


def stood(program: str, asked: Asked, *, today: date) -> Sequence[Stood]:
    """Count holders by standing for each month and credential: one statement."""
    days = {month: last_day(month, today) for month in asked.months}
    found = holders_on(program, list(days.values()))
    codes = sorted({code for _, code, _ in found if asked.credential in ("", code)})
    return [
        Stood(
            month,
            day,
            code,
            {each: found[day, code, each] for each in standings_of(program)},
        )
        for month, day in days.items()
        for code in codes
    ]


def went(program: str, asked: Asked, *, today: date) -> Sequence[Went]:
    """Count what ended in each month by what became of it."""
    ended = Ended(program, asked.first, asked.until, asked.credential)
    found = outcomes(ended, today=today)
    return [
        Went(
            month,
            {each: found[month, each] for each in outcomes_of(program)},
            ahead=month > today,
        )
        for month in asked.months
    ]


def in_all(rows: Iterable[Went]) -> Went:
    """Add up months; what is ahead counts for nothing in the percentage."""
    known = list(rows)
    counts: dict[str, int] = {}
    for row in known:
        if not row.ahead:
            for name, count in row.counts.items():
                counts[name] = counts.get(name, 0) + count
    return Went(known[0].month, counts)


def audits_in(program: str, asked: Asked) -> Sequence[Audited]:
    """Count audits by the month they were opened in, and by their draw."""
    return audited(_stretch(program, asked))


def reported_in(program: str, asked: Asked, *, today: date) -> Sequence[Reported]:
    """Count what was done in each month, by kind."""
    return reported_by_kind(_stretch(program, asked), today=today)


def _stretch(program: str, asked: Asked) -> Stretch:
    return Stretch(program, asked.first, asked.until, asked.credential)
