"""The days of one cycle that decide something (N1, N5, N7, N8)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from credentials.policy import CyclePlan

ONE_DAY = timedelta(days=1)
Stage = Literal["running", "open", "late", "lapsed", "expired"]


class CalendarEndsError(ValueError):
    """A cycle would end after the last year that a calendar has."""


@dataclass(frozen=True, slots=True)
class Season:
    """A cycle's last day, and every other day that a pack counts from it."""

    opens_on: date
    last_on: date
    late_until: date
    extended_until: date
    grace_until: date

    @property
    def late_on(self) -> date:
        """The first day on which an application is late."""
        return self.last_on + ONE_DAY

    @property
    def lapses_on(self) -> date:
        """The day from which the certification has lapsed."""
        return self.late_until + ONE_DAY

    @property
    def expires_on(self) -> date:
        """The day from which only a new exam helps."""
        return self.grace_until + ONE_DAY

    @property
    def extension_over_on(self) -> date:
        """The day from which an extension has ended."""
        return self.extended_until + ONE_DAY

    def stage(self, day: date) -> Stage:
        """Say where in the cycle's calendar a day is, whatever was applied for."""
        if day < self.opens_on:
            return "running"
        if day <= self.last_on:
            return "open"
        if day <= self.late_until:
            return "late"
        return "lapsed" if day <= self.grace_until else "expired"

    def anchor(self, name: str) -> date:
        """Give the day that a pack's notice counts from."""
        return {
            "opens": self.opens_on,
            "ends": self.last_on,
            "late": self.late_on,
            "lapses": self.lapses_on,
            "grace_ends": self.grace_until,
            "expires": self.expires_on,
        }[name]


def season_of(plan: CyclePlan, last_on: date) -> Season:
    """Lay out the days around a cycle's last day; raises CalendarEndsError."""
    year = last_on.year
    if year >= date.max.year:
        raise CalendarEndsError(f"a cycle can't end in {year}")
    return Season(
        opens_on=_by(plan.application.opens.of(year), last_on),
        last_on=last_on,
        late_until=_after(plan.application.late_until.of(year), last_on),
        extended_until=_after(plan.extension.until.of(year), last_on),
        grace_until=_after(plan.grace.until.of(year), last_on),
    )


def _by(day: date, last_on: date) -> date:
    """Give the last such day up to the cycle's last one."""
    return day if day <= last_on else day.replace(year=day.year - 1)


def _after(day: date, last_on: date) -> date:
    """Give the first such day after the cycle's last one."""
    return day if day > last_on else day.replace(year=day.year + 1)


def last_day(plan: CyclePlan, first_year: int) -> date:
    """Give the last day of a cycle that begins in a year (N1)."""
    year = first_year + plan.cycle.years
    if year >= date.max.year:
        raise CalendarEndsError(f"a cycle can't end in {year}")
    return plan.cycle.ends.of(year)
