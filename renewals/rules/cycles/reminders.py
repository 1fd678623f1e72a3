"""Who is told of a day of their cycle, by the pack's notices and how they stand.

A notice is made up for until the next one's day and no longer: on every day at most
one is due to a person, the last whose day has come. So days without a worker lead to
one letter, and to the one that is true (docs/decisions, 0025).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from credentials.policy import CyclePlan, Notice
from renewals.rules.cycles.one import Cycle
from renewals.rules.cycles.season import (
    ONE_DAY,
    Season,
    season_of,
)
from renewals.rules.standing import PolicyOn, Standing, StandingFact

# Standings that take something away: whoever comes to one is told, on whichever day.
LOSSES = frozenset({"late", "lapsed", "expired"})
EXTENDED = frozenset({"extended"})
GENERAL = LOSSES | {"due"}


@dataclass(frozen=True, slots=True)
class Round:
    """A notice that is due on a day, and to whom.

    To those whose present standing is `standing` and began from `first` to `last`, and
    who came to it first from `entered_from` to `entered_until`: who lapses only after
    the day on which others are told of the grace period's end is told that they lapsed.
    Nobody is told of the cycle's end whose extension is granted: theirs comes later.
    Of the end of more time only those are told whose time ends then: a decree's is
    another day than that of an extension.
    """

    notice: Notice
    season: Season
    standing: Standing
    day: date
    first: date
    last: date
    entered_from: date
    entered_until: date

    @property
    def about(self) -> date:
        """The last day it counts from: the cycle's, or an extension's."""
        extended = self.standing == "extended"
        return self.season.extended_until if extended else self.season.last_on

    @property
    def key(self) -> str:
        """Name it: one person is told once of each."""
        return f"{self.notice.code} {self.about.isoformat()}"

    @property
    def ends_on(self) -> date | None:
        """The day on which this standing is over; None where that is all the same."""
        extended = self.standing == "extended"
        return self.season.extension_over_on if extended else None

    @property
    def is_courtesy(self) -> bool:
        """Whether it may be switched off: before the cycle's last day."""
        return self.day < self.season.last_on

    def meets(self, timeline: Iterable[StandingFact], today: date) -> bool:
        """Say whether somebody with this timeline is told today."""
        facts = list(timeline)
        begun = [each for each in facts if each.from_on <= today]
        if not begun or begun[-1].standing != self.standing:
            return False
        if not self.first <= begun[-1].from_on <= self.last:
            return False
        entered = min(
            each.from_on
            for each in begun
            if each.standing == self.standing and each.from_on >= self.first
        )
        granted = any(
            each.standing == "extended" and today < each.from_on <= self.season.late_on
            for each in facts
        )
        ends = self.ends_on is None or any(
            each.from_on == self.ends_on for each in facts
        )
        mine = self.entered_from <= entered <= self.entered_until
        return mine and ends and not granted


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day in a cycle that its holder should know: which of them, and when."""

    code: str
    day: date


def rounds(
    policies: PolicyOn, today: date, decreed: Collection[tuple[date, date]] = ()
) -> tuple[Round, ...]:
    """List the notices that are due on a day, with the standing they are for.

    However many people there are: it asks the packs and the decrees alone.

    Args:
        policies: gives the version of a day; a cycle follows that of its last day (X6).
        today: the day that is asked about.
        decreed: the last days of cycles, each with one to which a decree moved it.
    """
    found: list[Round] = []
    for year in range(max(today.year - 1, 2), min(today.year + 2, date.max.year)):
        guess = policies(date(year, 1, 1)).cycles.cycle.ends.of(year)
        plan = policies(guess).cycles
        season = season_of(plan, plan.cycle.ends.of(year))
        found += _rounds_of(plan, season, today, GENERAL)
        days = {season.extended_until}
        days |= {until for last, until in decreed if last == season.last_on}
        for until in sorted(days):
            longer = replace(season, extended_until=until)
            found += _rounds_of(plan, longer, today, EXTENDED)
    return tuple(found)


def deadlines(cycle: Cycle, standing: Standing, today: date) -> tuple[Deadline, ...]:
    """List the days of a cycle that its holder still has before them, or is in.

    What an application under review waits for is no day of the holder's; a request
    under review leaves them the cycle's last day.
    """
    season = cycle.season
    if cycle.recertified_by(today) or cycle.in_review(today):
        return ()
    granted = cycle.granted_until(today)
    if today <= season.last_on:
        ends = Deadline("ends", season.last_on)
        if granted is not None:
            ends = Deadline("extended_until", granted)
        return (Deadline("opens", season.opens_on), ends)
    return {
        "late": (Deadline("late_until", season.late_until),),
        "extended": (Deadline("extended_until", granted or season.last_on),),
        "lapsed": (Deadline("grace_until", season.grace_until),),
    }.get(standing, ())


def _rounds_of(
    plan: CyclePlan, season: Season, today: date, standings: Collection[str]
) -> Iterator[Round]:
    """List what is due today of the cycles of a season, to some standings."""
    for standing, first, last in _stretches(season):
        if standing in standings and first <= today <= last:
            dated = _dated(plan.notices, season, standing)
            mine = [each for each in dated if first <= each[0] <= today]
            yield from _due(season, standing, (first, last), mine)


def _stretches(season: Season) -> Iterator[tuple[Standing, date, date]]:
    """Give each standing that is told of something, with the days it can begin on."""
    yield "due", season.opens_on, season.last_on
    yield "late", season.late_on, season.late_until
    yield "extended", season.late_on, season.extended_until
    yield "lapsed", season.lapses_on, season.grace_until
    # What ended for good is told of until a year has gone by.
    last = season.last_on.replace(year=season.last_on.year + 1)
    yield "expired", season.expires_on, last


def _dated(
    notices: Iterable[Notice], season: Season, standing: Standing
) -> Iterator[tuple[date, Notice]]:
    """Give each notice its day; an extension's end stands in for its cycle's."""
    for notice in notices:
        back = timedelta(notice.days_before)
        if standing != "extended":
            yield season.anchor(notice.anchor) - back, notice
        elif notice.anchor == "ends":
            yield season.extended_until - back, notice


def _due(
    season: Season,
    standing: Standing,
    stretch: tuple[date, date],
    dated: Sequence[tuple[date, Notice]],
) -> Iterator[Round]:
    """Give the last notice that has begun; and the first, to whoever enters later."""
    if not dated:
        return
    ordered = sorted(dated, key=lambda each: each[0])
    day, notice = ordered[-1]
    first, last = stretch
    entry_on, entry = ordered[0]
    splits = standing in LOSSES and entry_on == first and day > first
    until = day - ONE_DAY if splits else last
    yield Round(notice, season, standing, day, first, last, first, until)
    if splits:
        yield Round(entry, season, standing, entry_on, first, last, day, last)
