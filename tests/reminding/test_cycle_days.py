"""Each notice of a cycle: on its day, once, by the real job with its clock moved."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from renewals.services import tell_cycles
from renewals.tasks import sweep
from tests.cast import Cast
from tests.cycles import BODY, noon
from tests.reminding.cycles import after, holder, pass_days, told

pytestmark = pytest.mark.db
EDGES = [
    ("window_opens", date(2025, 8, 1)),
    ("ninety_days", date(2025, 9, 2)),
    ("thirty_days", date(2025, 11, 1)),
    ("seven_days", date(2025, 11, 24)),
    ("late", date(2025, 12, 2)),
    ("lapsed", date(2026, 1, 1)),
    ("grace_ends", date(2026, 5, 31)),
]
ALL = [f"{code} 2025-12-01" for code, _ in EDGES]


@pytest.mark.parametrize(("code", "day"), EDGES)
def test_a_notice_goes_out_on_its_day_and_not_the_day_before(
    quiet: Cast, code: str, day: date
) -> None:
    member = holder("Nora Nolan")
    key = f"{code} 2025-12-01"
    pass_days(after(day, -1))
    before = told(member)
    assert key not in before
    pass_days(day)
    assert told(member) == [*before, key]
    pass_days(day, after(day, 1))
    assert told(member) == [*before, key]


def test_a_whole_life_is_told_of_each_day_once(quiet: Cast) -> None:
    member = holder("Nora Nolan")
    for days in range(-2, 400):
        tell_cycles(
            program=BODY,
            today=after(date(2025, 8, 1), days),
            now=noon(date(2025, 8, 1)),
        )
    assert sorted(told(member)) == sorted(ALL)


@pytest.mark.parametrize(
    ("before", "at"),
    [
        # Daylight saving time: midnight in New York is 4:00 by UTC.
        (datetime(2025, 8, 1, 3, 59, tzinfo=UTC), datetime(2025, 8, 1, 4, tzinfo=UTC)),
        # Standard time: 5:00.
        (datetime(2026, 1, 1, 4, 59, tzinfo=UTC), datetime(2026, 1, 1, 5, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_the_bodys_midnight(
    quiet: Cast, before: datetime, at: datetime
) -> None:
    member = holder("Nora Nolan")
    with time_machine.travel(before, tick=False) as clock:
        sweep()
        first = told(member)
        clock.move_to(at)
        sweep()
    assert len(told(member)) == len(first) + 1


def test_of_days_that_were_missed_only_the_last_is_made_good(quiet: Cast) -> None:
    member = holder("Nora Nolan")
    # No worker from the opening on, until five days before the end.
    pass_days(date(2025, 11, 26))
    assert told(member) == ["seven_days 2025-12-01"]
    # Nor over the new year.
    pass_days(date(2026, 2, 3))
    assert told(member) == ["seven_days 2025-12-01", "lapsed 2025-12-01"]


@pytest.mark.parametrize("day", [date(2025, 7, 31), date(2026, 7, 1), date(2027, 1, 5)])
def test_outside_the_season_nobody_is_told(quiet: Cast, day: date) -> None:
    member = holder("Nora Nolan")
    pass_days(day)
    assert told(member) == []


def test_a_clock_that_is_set_back_and_forth_tells_nobody_twice(quiet: Cast) -> None:
    member = holder("Nora Nolan")
    first, last = date(2025, 11, 24), date(2026, 1, 1)
    pass_days(first, last, first, date(2025, 8, 1), last, date(2025, 8, 1))
    assert sorted(told(member)) == sorted([ALL[3], ALL[5], ALL[0]])
