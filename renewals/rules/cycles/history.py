"""A person's cycles, one after the other, and what became of each (N1, N3, N8, N16).

`history` replays the facts once. Each cycle takes the applications that fall to it
until one is approved; the next cycle runs from the day after its last one. A cycle that
expires ends the chain: only a credential earned afterwards begins another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from credentials.policy import Policy
from renewals.rules.cycles.facts import (
    Application,
    Earned,
    Facts,
    Moved,
    in_order,
)
from renewals.rules.cycles.one import Cycle, closes
from renewals.rules.cycles.season import ONE_DAY, Season, last_day, season_of
from renewals.rules.standing import PolicyOn, StandingFact, merged

CYCLE_STANDINGS = (
    "good",
    "due",
    "late",
    "under_review",
    "extended",
    "lapsed",
    "expired",
)
"""Every standing that cycles can give, beside `none` before the first."""


@dataclass(frozen=True, slots=True)
class History:
    """All cycles of a person, the oldest first."""

    cycles: tuple[Cycle, ...]

    def working(self, day: date) -> Cycle | None:
        """Find the oldest cycle that is not recertified at the end of a day."""
        begun = [each for each in self.cycles if each.first_on <= day]
        open_ = [each for each in begun if not each.recertified_by(day)]
        living = [each for each in open_ if not _over(each, day)]
        if living:
            return living[0]
        return begun[-1] if begun else None

    def running(self, day: date) -> Cycle | None:
        """Find the cycle a day is asked about: its own, or one not yet recertified.

        A cycle that was recertified stays the one of its days; after the last one it is
        the oldest that is not recertified, once expired still that one.
        """
        for each in self.cycles:
            if each.first_on <= day <= each.last_on and each.recertified_by(day):
                return each
        return self.working(day)

    def timeline(self) -> tuple[StandingFact, ...]:
        """Compute the standing of every day there is, were nothing else to happen."""
        starts = [
            _begins(before, cycle)
            for before, cycle in zip((None, *self.cycles), self.cycles, strict=False)
        ]
        facts = [StandingFact(date.min, "none")]
        ends = (*starts[1:], date.max)
        for cycle, begin, end in zip(self.cycles, starts, ends, strict=False):
            days = {begin, *(day for day in cycle.breaks() if begin < day < end)}
            facts += [StandingFact(day, cycle.standing(day)) for day in sorted(days)]
        return merged(facts)


def _begins(before: Cycle | None, cycle: Cycle) -> date:
    """The day from which a cycle decides: the one before it is closed or expired."""
    if before is None:
        return cycle.first_on
    return before.closed_on or max(cycle.first_on, before.expired_on() or date.min)


def _over(cycle: Cycle, day: date) -> bool:
    expired = cycle.expired_on()
    return expired is not None and expired <= day


def history(policies: PolicyOn, facts: Facts) -> History:
    """Replay the facts into cycles. `policies` gives the version of a day (X6).

    Raises CalendarEndsError.
    """
    earned = in_order(facts.earned)
    left = list(facts.applications)
    cycles: list[Cycle] = []
    while earned:
        chain = list(_chain(policies, earned, left, facts.moved))
        cycles += chain
        ended = chain[-1].expired_on()
        if ended is None:
            break
        # An exam passed after the grace, while an application was still looked at,
        # begins anew when that is refused: it is as if never made (N16).
        grace_until = chain[-1].season.grace_until
        earned = tuple(each for each in earned if each.on > grace_until)
        left = [each for each in left if each.on >= ended]
    return History(tuple(cycles))


def _chain(
    policies: PolicyOn,
    earned: Sequence[Earned],
    applications: Sequence[Application],
    moved: Sequence[Moved],
) -> Iterator[Cycle]:
    """Give the cycles from a first credential on, until one is still open."""
    first_on = earned[0].on
    policy, season = _laid_out(policies, first_on.year)
    counts_from = first_on + ONE_DAY
    recertified: tuple[int, ...] = ()
    left = tuple(applications)
    while True:
        empty = Cycle(
            policy,
            first_on,
            counts_from,
            season,
            (),
            tuple(earned),
            recertified,
            tuple(each for each in moved if each.last_on == season.last_on),
        )
        cycle = replace(empty, applications=_taken(empty, left))
        yield cycle
        closing = cycle.closing
        if closing is None:
            return
        recertified = (*recertified, len(cycle.held(closing.on)))
        left = left[len(cycle.applications) :]
        first_on = season.late_on
        counts_from = max(first_on, cycle.counts_until(date.max) + ONE_DAY)
        policy, season = _laid_out(policies, season.last_on.year)


def _laid_out(policies: PolicyOn, year: int) -> tuple[Policy, Season]:
    """Find the version of a cycle's last day, and that day by it (X6)."""
    guess = last_day(policies(date(year, 1, 1)).cycles, year)
    policy = policies(guess)
    return policy, season_of(policy.cycles, last_day(policy.cycles, year))


def _taken(
    empty: Cycle, applications: Sequence[Application]
) -> tuple[Application, ...]:
    """Those that fall to a cycle: before it expires, up to the decision that closes it.

    What is applied for after it expired belongs to the cycle that a new exam began.
    """
    mine: list[Application] = []
    for each in applications:
        ended = replace(empty, applications=tuple(mine)).expired_on()
        if ended is not None and ended <= each.on:
            break
        mine.append(each)
    closing = next((each for each in mine if closes(each)), None)
    if closing is None:
        return tuple(mine)
    number, until = mine.index(closing), closing.decided_on or closing.on
    asked_meanwhile = [each for each in mine[number + 1 :] if each.on < until]
    return (*mine[: number + 1], *asked_meanwhile)
