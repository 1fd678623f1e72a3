"""Figures worked out beforehand say of each day what the rules say on that day."""

from bisect import bisect_right
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from renewals.rules import standing_on
from renewals.rules.cycles import Tally, counted, tallies, totals_of
from tests.rules.cycle_lives import CycleLife, cycle_lives

LIVES = st.one_of(cycle_lives("namss"), cycle_lives("choir"))


def changes(life: CycleLife) -> list[date]:
    """The days on which something became known of a life."""
    days = {each.on for each in life.earned}
    for each in life.applications:
        days |= {each.on, each.decided_on or each.on}
    return sorted(days)


def days_of(life: CycleLife) -> list[date]:
    """The days on which something changes, those of its credit too."""
    found = set(life.days)
    for each in life.credits:
        found |= {each.counts_from, each.counts_until or each.counts_from}
    return sorted(found)


def asked(life: CycleLife, day: date) -> Tally | None:
    """What the rules say on a day, asked on that day."""
    known = life.as_known(day)
    cycle = known.running(day)
    if cycle is None:
        return None
    return Tally(
        from_on=day,
        standing=standing_on(known.timeline(), day),
        cycle=(cycle.first_on, cycle.last_on),
        counts_until=cycle.counts_until(day),
        totals=totals_of(counted(cycle, life.credits, as_of=day)),
        need=cycle.need(day),
    )


def read(rows: tuple[Tally, ...], day: date) -> Tally | None:
    """Read what was worked out earlier for a day."""
    place = bisect_right([each.from_on for each in rows], day)
    return rows[place - 1] if place else None


def same(one: Tally | None, other: Tally | None) -> bool:
    """Say whether both say the same of their day."""
    if one is None or other is None:
        return one is other
    return _said(one) == _said(other)


def _said(tally: Tally) -> tuple[object, ...]:
    return (
        tally.standing,
        tally.cycle,
        tally.counts_until,
        tally.totals,
        tally.need,
    )


@given(LIVES)
def test_every_day_until_the_next_change_is_worked_out_beforehand(
    life: CycleLife,
) -> None:
    days = changes(life)
    for since, end in zip(days, [*days[1:], date.max], strict=False):
        rows = tallies(life.as_known(since), life.credits, since=since)
        for day in days_of(life):
            if since <= day < end:
                assert same(read(rows, day), asked(life, day)), day


@given(LIVES)
def test_each_row_says_something_new(life: CycleLife) -> None:
    for since in changes(life)[:1]:
        rows = tallies(life.whole(), life.credits, since=since)
        said = [_said(each) for each in rows]
        assert rows[0].from_on == since
        assert all(one != other for one, other in pairwise(said))
        assert list(rows) == sorted(rows, key=lambda each: each.from_on)


@given(LIVES)
def test_without_a_credential_there_is_nothing(life: CycleLife) -> None:
    life.earned.clear()
    assert tallies(life.whole(), life.credits, since=life.days[0]) == ()
