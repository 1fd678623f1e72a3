"""Business days leave out weekends and the holidays of the body's country."""

from datetime import date

import pytest

from core.business_days import (
    NoSuchCountryError,
    business_day_after,
    is_business_day,
)
from credentials.policy import programs, versions_of


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        # From a Friday, over Thanksgiving (Nov 27, 2025) and three weekends.
        (date(2025, 11, 14), 1, date(2025, 11, 17)),
        (date(2025, 11, 14), 7, date(2025, 11, 25)),
        (date(2025, 11, 14), 10, date(2025, 12, 1)),
        # A Saturday counts no more than the Friday before it.
        (date(2025, 11, 15), 1, date(2025, 11, 17)),
        # Christmas and New Year: the year's end is no end.
        (date(2025, 12, 19), 10, date(2026, 1, 6)),
        # Independence Day of 2026 is a Saturday, kept on Friday.
        (date(2026, 7, 1), 2, date(2026, 7, 6)),
    ],
)
def test_days_are_counted_after_the_first(day: date, count: int, found: date) -> None:
    assert business_day_after(day, count, country="US") == found


def test_without_a_country_only_weekends_are_left_out() -> None:
    assert business_day_after(date(2025, 11, 26), 1, country="") == date(2025, 11, 27)
    assert not is_business_day(date(2025, 11, 29), country="")


def test_an_unknown_country_is_an_error() -> None:
    with pytest.raises(NoSuchCountryError, match="XX"):
        is_business_day(date(2025, 11, 17), country="XX")


@pytest.mark.parametrize("program", programs())
def test_the_holidays_of_each_packs_country_are_known(program: str) -> None:
    for policy in versions_of(program):
        assert policy.body.holidays
        assert not is_business_day(date(2025, 12, 25), country=policy.body.holidays)
