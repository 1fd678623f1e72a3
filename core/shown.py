"""When something was, as pages show it.

What is stored is the real instant. In a demonstration, whose day is pinned, a page that
says Nov 17 must not say that something was done a year later: what was done on one of
its days is shown on that day, at its real hour. Everywhere else an instant is itself.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from core.models import DomainDate
from core.words import day_words, instant_words

NO_TIME = timedelta()


def shown(at: datetime, zone: ZoneInfo, *, later: timedelta = NO_TIME) -> datetime:
    """Give the wall clock of a zone at an instant that is over, or so much `later`.

    What is to come is told by what it follows: no day of a demonstration has begun yet
    on which it would lie.
    """
    day = _day_at(at)
    if day is None:
        return (at + later).astimezone(zone)
    return datetime.combine(day, at.astimezone(zone).timetz()) + later


def ending(end: datetime, since: datetime, zone: ZoneInfo) -> datetime:
    """Give the wall clock at the end of something that began at an instant."""
    return shown(since, zone, later=end - since)


def when_words(at: datetime, zone: ZoneInfo, *, later: timedelta = NO_TIME) -> str:
    """Write when something was, or so much `later`: Dec 1, 2025, 9:05 AM EST."""
    return instant_words(shown(at, zone, later=later))


def when_day_words(at: datetime, zone: ZoneInfo, *, later: timedelta = NO_TIME) -> str:
    """Write the day when something was, or so much `later`: Dec 1, 2025."""
    return day_words(shown(at, zone, later=later).date())


def _day_at(at: datetime) -> date | None:
    """Give the demonstration's day at an instant; always none outside one."""
    row = DomainDate.objects.first() if settings.DEMO else None
    return row.day_at(at) if row else None
