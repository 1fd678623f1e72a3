"""Business days: neither weekend nor public holiday. Values in, a day out."""

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

SATURDAY = 5


class NoSuchCountryError(ValueError):
    """Nobody knows the holidays of a country."""


def business_day_after(day: date, count: int, *, country: str) -> date:
    """Give the day that is so many business days after another, which isn't counted.

    Args:
        day: where counting begins, whatever day that is.
        count: business days, above zero.
        country: two letters, whose public holidays are none; empty for weekends alone.

    Raises:
        NoSuchCountryError: nobody knows the country's holidays.
    """
    found = day
    while count > 0:
        found += timedelta(days=1)
        if is_business_day(found, country=country):
            count -= 1
    return found


def is_business_day(day: date, *, country: str) -> bool:
    """Say whether a day is neither a weekend's nor a public holiday of the country.

    Raises:
        NoSuchCountryError: nobody knows the country's holidays.
    """
    if day.weekday() >= SATURDAY:
        return False
    return not country or day not in _holidays(country, day.year)


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    try:
        return frozenset(country_holidays(country, years=year))
    except NotImplementedError as fault:
        raise NoSuchCountryError(f"No holidays are known of {country!r}.") from fault
