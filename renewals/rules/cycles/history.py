"""A person's cycles, one after the other, and what became of each (N1, N3, N8, N16).

`history` replays the facts once. Each cycle takes the applications that fall to it
until one is approved; the next cycle runs from the day after its last one. A cycle that
expires ends the chain: only a credential earned afterwards begins another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from credentials.policy import Need, Policy
from renewals.rules.cycles.facts import Application, Earned, Facts, in_order
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
class Cycle:
    """One cycle: its days, what was applied for in it, and who holds what.

    `counts_from` is the first day whose CE counts (N2, N16); `first_on` the day it
    runs from. `earned` are the credentials of the chain up to its end, `recertified`
    says how many were held at each approval before it.
    """

    policy: Policy
    first_on: date
    counts_from: date
    season: Season
    applications: tuple[Application, ...]
    earned: tuple[Earned, ...]
    recertified: tuple[int, ...]

    @property
    def last_on(self) -> date:
        """The last day of the cycle."""
        return self.season.last_on

    @property
    def closing(self) -> Application | None:
        """The application that was approved, and so closed the cycle."""
        return next((each for each in self.applications if _closes(each)), None)

    @property
    def _applied(self) -> tuple[Application, ...]:
        return tuple(each for each in self.applications if each.kind != "extension")

    @property
    def closed_on(self) -> date | None:
        """The day its recertification was approved."""
        return self.closing.decided_on if self.closing else None

    def recertified_by(self, day: date) -> bool:
        """Say whether it is recertified at the end of a day."""
        return self.closed_on is not None and self.closed_on <= day

    def in_review(self, day: date) -> Application | None:
        """Find the application that waits for a decision, never a mere request."""
        return next((each for each in self._applied if each.open_on(day)), None)

    def waits(self, day: date) -> bool:
        """Say whether anything waits for a decision, a request too."""
        return any(each.open_on(day) for each in self.applications)

    def granted_by(self, day: date) -> bool:
        """Say whether an extension is granted at the end of a day, also if over."""
        return any(
            each.kind == "extension" and each.approved_by(day)
            for each in self.applications
        )

    def extended(self, day: date) -> bool:
        """Say whether an extension runs on a day (N7)."""
        within = self.last_on < day <= self.season.extended_until
        return within and self.granted_by(day)

    def standing(self, day: date) -> str:
        """How its holder stands on one of its days, were nothing else to happen."""
        if self.recertified_by(day):
            return "good"
        if self.waits(day):
            return "under_review"
        if self.extended(day):
            return "extended"
        words = {"running": "good", "open": "due"}
        stage = self.season.stage(day)
        return words.get(stage, stage)

    def held(self, day: date) -> tuple[Earned, ...]:
        """Which credentials count on a day, each once (N3).

        One that was earned while the cycle is lapsed waits for what comes after it.
        """
        found: dict[str, Earned] = {}
        for each in self.earned:
            if each.on <= day and not self._lapsed_by(each.on):
                found.setdefault(each.code, each)
        return tuple(found.values())

    def _lapsed_by(self, day: date) -> bool:
        """Say whether it lapsed and is not reinstated: to apply changes nothing yet."""
        lapsed = any(
            each <= day and self.standing(each) == "lapsed" for each in self.breaks()
        )
        return lapsed and not self.recertified_by(day)

    def decided_for(self, day: date) -> date:
        """The day whose credentials decide: of the application, else the day asked."""
        done = self.closing if self.recertified_by(day) else self.in_review(day)
        return done.on if done else day

    def need(self, day: date) -> Need:
        """What the cycle asks of its holder, as of a day (N3, N4)."""
        count = len(self.held(self.decided_for(day)))
        first = all(before < count for before in self.recertified)
        return self.policy.cycles.need_for(count, first_time=first)

    def counts_until(self, day: date) -> date:
        """The last day whose CE counts in it, as of a day (N2, N16)."""
        done = self.closing if self.recertified_by(day) else self.in_review(day)
        if done is not None and done.kind == "recertification":
            granted = self.granted_by(done.on) and done.on > self.last_on
            return done.on if granted else self.last_on
        return self.season.extended_until if self.extended(day) else self.last_on

    def breaks(self) -> set[date]:
        """Every day on which its standing may change."""
        season = self.season
        days = {
            self.first_on,
            season.opens_on,
            season.late_on,
            season.lapses_on,
            season.extension_over_on,
            season.expires_on,
        }
        for each in self.applications:
            days.add(each.on)
            if each.decided_on is not None:
                days.add(each.decided_on)
        return {day for day in days if day >= self.first_on}

    def expired_on(self) -> date | None:
        """The day from which only a new exam helps; None where it was closed."""
        if self.closed_on is not None:
            return None
        return next(
            (d for d in sorted(self.breaks()) if self.standing(d) == "expired"), None
        )


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
        chain = list(_chain(policies, earned, left))
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
    policies: PolicyOn, earned: Sequence[Earned], applications: Sequence[Application]
) -> Iterator[Cycle]:
    """Give the cycles from a first credential on, until one is still open."""
    first_on = earned[0].on
    policy, season = _laid_out(policies, first_on.year)
    counts_from = first_on + ONE_DAY
    recertified: tuple[int, ...] = ()
    left = tuple(applications)
    while True:
        empty = Cycle(
            policy, first_on, counts_from, season, (), tuple(earned), recertified
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
    closing = next((each for each in mine if _closes(each)), None)
    if closing is None:
        return tuple(mine)
    number, until = mine.index(closing), closing.decided_on or closing.on
    asked_meanwhile = [each for each in mine[number + 1 :] if each.on < until]
    return (*mine[: number + 1], *asked_meanwhile)


def _closes(each: Application) -> bool:
    return each.kind != "extension" and each.outcome == "approved"
