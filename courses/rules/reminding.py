"""Whom a reminder of a day is for: who completed a course on which days (M3)."""

from datetime import date, timedelta


def completed_between(
    today: date, *, after_days: int, until_days: int
) -> tuple[date, date]:
    """Say on which days was completed what is reminded of today, both counted.

    Args:
        today: the day of the letter.
        after_days: how many days after it was completed it is reminded of first.
        until_days: how many after it a letter that was missed is still made up for.
    """
    return today - timedelta(days=until_days), today - timedelta(days=after_days)
