"""Days of several zones at one instant (X3)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_elsewhere(
    today: date, now: datetime, *, here: ZoneInfo, there: ZoneInfo
) -> date:
    """Give the day it is in another zone while it is `today` in this one.

    A demonstration's day moves along: only what lies between the zones counts.
    """
    apart = now.astimezone(there).date() - now.astimezone(here).date()
    return today + apart
