"""What each day to come will say of a cycle, were nothing else to happen (N15).

Standing, credit and need change on days that are known beforehand: a window opens, an
extension ends, education appears. So a member's figures are a few rows, each from a day
on, and a report over a whole body reads them instead of working each of them out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ce_credits.rules import Credit
from credentials.policy import Need
from renewals.rules.cycles.history import History
from renewals.rules.cycles.one import Cycle
from renewals.rules.cycles.totals import counted, totals_of
from renewals.rules.standing import standing_on
from renewals.rules.totals import Totals


@dataclass(frozen=True, slots=True)
class Tally:
    """From a day on: the standing, the cycle that one is asked about, its figures.

    `counts_until` is the last day whose CE counts (N2, N16).
    """

    from_on: date
    standing: str
    cycle: tuple[date, date]
    counts_until: date
    totals: Totals
    need: Need


def tallies(
    lived: History, credits: Sequence[Credit], *, since: date
) -> tuple[Tally, ...]:
    """Say what holds on a day and on every later one, each change once.

    Days before the first credential have none.

    Args:
        lived: all that is known by `since`; what is decided later changes it.
        credits: all credit of the person, with the days it counts.
        since: the first day that is asked about.
    """
    found: list[Tally] = []
    for tally in _each_day(lived, credits, since):
        before = found[-1] if found else None
        if before is None or replace(tally, from_on=before.from_on) != before:
            found.append(tally)
    return tuple(found)


def _each_day(
    lived: History, credits: Sequence[Credit], since: date
) -> Iterator[Tally]:
    timeline = lived.timeline()
    known: dict[object, Totals] = {}
    for day in _breaks(lived, credits, since):
        cycle = lived.running(day)
        if cycle is None:
            continue
        until = cycle.counts_until(day)
        live = tuple(
            number for number, each in enumerate(credits) if each.counts_as_of(day)
        )
        # Most days change the standing alone.
        key = (cycle.first_on, until, live)
        if key not in known:
            mine = [credits[number] for number in live]
            known[key] = totals_of(counted(cycle, mine, as_of=day))
        yield Tally(
            from_on=day,
            standing=standing_on(timeline, day),
            cycle=(cycle.first_on, cycle.last_on),
            counts_until=until,
            totals=known[key],
            need=cycle.need(day),
        )


def _breaks(lived: History, credits: Sequence[Credit], since: date) -> list[date]:
    """List the days on which anything may change, the first one among them."""
    days = {since}
    for cycle in lived.cycles:
        days |= _breaks_of(cycle)
    for credit in credits:
        days.add(credit.counts_from)
        if credit.counts_until is not None:
            days.add(credit.counts_until)
    return sorted(day for day in days if day >= since)


def _breaks_of(cycle: Cycle) -> set[date]:
    return cycle.breaks() | {each.on for each in cycle.earned}
