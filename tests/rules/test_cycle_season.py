"""The days of a cycle, counted from its last one, also over the new year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.policy import policy_for
from renewals.rules.cycles import CalendarEndsError, season_of
from renewals.rules.cycles.season import last_day
from tests.rules.cycling import LAST_ON, day
from tests.rules.packs_of_tests import choir

SEASON = season_of(choir().cycles, LAST_ON)


def test_every_day_is_the_nearest_one_before_or_after_the_last() -> None:
    assert SEASON.opens_on == day("2021-11-01")
    assert (SEASON.last_on, SEASON.late_on) == (LAST_ON, day("2022-06-16"))
    assert (SEASON.late_until, SEASON.lapses_on) == (
        day("2022-09-30"),
        day("2022-10-01"),
    )
    assert SEASON.extended_until == day("2022-10-31")
    assert SEASON.extension_over_on == day("2022-11-01")
    assert (SEASON.grace_until, SEASON.expires_on) == (
        day("2023-02-28"),
        day("2023-03-01"),
    )


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        ("2021-10-31", "running"),
        ("2021-11-01", "open"),
        ("2022-06-15", "open"),
        ("2022-06-16", "late"),
        ("2022-09-30", "late"),
        ("2022-10-01", "lapsed"),
        ("2022-12-31", "lapsed"),
        ("2023-01-01", "lapsed"),
        ("2023-02-28", "lapsed"),
        ("2023-03-01", "expired"),
    ],
)
def test_stages(on: str, stage: str) -> None:
    assert SEASON.stage(day(on)) == stage


@pytest.mark.parametrize(
    ("anchor", "on"),
    [
        ("opens", "2021-11-01"),
        ("ends", "2022-06-15"),
        ("late", "2022-06-16"),
        ("lapses", "2022-10-01"),
        ("grace_ends", "2023-02-28"),
        ("expires", "2023-03-01"),
    ],
)
def test_anchors(anchor: str, on: str) -> None:
    assert SEASON.anchor(anchor) == day(on)


@pytest.mark.parametrize(
    ("certified", "last"),
    [("2020-01-01", 2022), ("2020-06-15", 2022), ("2020-12-31", 2022)],
)
def test_a_cycle_ends_so_many_years_on(certified: str, last: int) -> None:
    found = last_day(choir().cycles, day(certified).year)
    assert found == date(last, 6, 15)


def test_the_calendar_ends() -> None:
    plan = choir().cycles
    assert last_day(plan, 9996).year == 9998
    with pytest.raises(CalendarEndsError, match="can't end in 9999"):
        last_day(plan, 9997)
    with pytest.raises(CalendarEndsError):
        season_of(plan, date(9999, 6, 15))


@given(st.integers(1993, 9998), st.sampled_from(["invented", "three years"]))
def test_days_follow_each_other(year: int, which: str) -> None:
    plan = (
        choir() if which == "invented" else policy_for("namss", on=date(2025, 1, 1))
    ).cycles
    season = season_of(plan, plan.cycle.ends.of(year))
    assert season.opens_on <= season.last_on < season.late_until <= season.grace_until
    assert season.last_on < season.extended_until <= season.grace_until
    span = season.expires_on - season.opens_on
    assert span < timedelta(days=2 * 366)
