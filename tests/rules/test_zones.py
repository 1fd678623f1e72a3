"""The day of another zone, told from the day of this one."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.zones import day_elsewhere

EAST, WEST = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
AFTER_MIDNIGHT_EAST = datetime(2025, 12, 11, 5, 30, tzinfo=UTC)
AT_NOON = datetime(2025, 12, 11, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "now", "here", "there", "expected"),
    [
        (date(2025, 12, 11), AFTER_MIDNIGHT_EAST, EAST, WEST, date(2025, 12, 10)),
        (date(2025, 12, 10), AFTER_MIDNIGHT_EAST, WEST, EAST, date(2025, 12, 11)),
        (date(2025, 12, 11), AT_NOON, EAST, WEST, date(2025, 12, 11)),
        (date(2026, 3, 1), AFTER_MIDNIGHT_EAST, EAST, WEST, date(2026, 2, 28)),
    ],
    ids=["west still has yesterday", "east has tomorrow", "one day", "moved day"],
)
def test_a_zone_has_its_own_day(
    today: date, now: datetime, here: ZoneInfo, there: ZoneInfo, expected: date
) -> None:
    assert day_elsewhere(today, now, here=here, there=there) == expected
