"""How long an attempt runs, and when the next one may begin (A14)."""

from datetime import date, datetime, timedelta

FULL, MINUTE = 100, 60


def ends_at(started_at: datetime, minutes: int, extended: int = 0) -> datetime:
    """Give the instant after which no answer is taken.

    Args:
        minutes: what the pack gives an exam.
        extended: percent of that which an accommodation adds.
    """
    seconds = minutes * MINUTE * (FULL + extended) // FULL
    return started_at + timedelta(seconds=seconds)


def is_open(now: datetime, ends: datetime) -> bool:
    """Say whether an answer is still taken: up to and on the instant of the end."""
    return now <= ends


def next_try_on(failed_on: date, wait_days: int) -> date:
    """Give the first day on which an exam that was failed may be tried again."""
    return failed_on + timedelta(days=wait_days)
