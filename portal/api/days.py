"""Which day it is for a certifying body."""

from collections.abc import Mapping
from datetime import date, datetime

from core import clock
from credentials.policy import programs, zone_of


def days() -> Mapping[str, date]:
    """Give the day it is now in each program's zone (X3)."""
    return {program: day_in(program) for program in programs()}


def day_in(program: str) -> date:
    """Give the day it is now in a program's zone (X3)."""
    return clock.today(zone_of(program))


def hours() -> Mapping[str, datetime]:
    """Give the hour it is now in each program's zone, for display."""
    return {each: clock.domain_now(zone_of(each)) for each in programs()}
