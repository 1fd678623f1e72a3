"""The day is the body's: its midnight decides, summer or winter, not that of UTC."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from config.celery import app
from credentials.policy import programs
from renewals import tasks
from renewals.tasks import sweep
from tests.cast import NOW, Cast
from tests.reminding.people import ending, told

pytestmark = pytest.mark.db


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "after", "due_on"),
    [
        # Winter: 23:59 and 00:00 Pacific standard time, where UTC has Nov 18 already.
        (at(2025, 11, 18, 7, 59), at(2025, 11, 18, 8), date(2025, 12, 2)),
        # Summer, an hour earlier by UTC.
        (at(2026, 7, 10, 6, 59), at(2026, 7, 10, 7), date(2026, 7, 24)),
        # The clock goes forward on Mar 8, 2026: the midnight before, and the one after.
        (at(2026, 3, 8, 7, 59), at(2026, 3, 8, 8), date(2026, 3, 22)),
        (at(2026, 3, 9, 6, 59), at(2026, 3, 9, 7), date(2026, 3, 23)),
        # It goes back on Nov 1, 2026.
        (at(2026, 11, 1, 6, 59), at(2026, 11, 1, 7), date(2026, 11, 15)),
        (at(2026, 11, 2, 7, 59), at(2026, 11, 2, 8), date(2026, 11, 16)),
    ],
)
def test_a_day_begins_at_the_bodys_midnight(
    quiet: Cast, before: datetime, after: datetime, due_on: date
) -> None:
    window = ending("Eve Ellis", quiet.northside, due_on)
    with time_machine.travel(before, tick=False) as clock:
        sweep()
        assert told() == []
        clock.move_to(after)
        sweep()
    assert told() == [window.member.email]


def test_a_renewal_date_lasts_until_its_midnight(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside, date(2025, 11, 17))
    with time_machine.travel(at(2025, 11, 18, 7, 59), tick=False):
        sweep()
    assert told() == [window.member.email]
    late = ending("Gil Gray", quiet.northside, date(2025, 11, 17))
    with time_machine.travel(at(2025, 11, 18, 8), tick=False):
        sweep()
    assert late.member.email not in told()


def test_the_beat_rings_every_five_minutes_by_utc() -> None:
    entry = app.conf.beat_schedule["tell and renew"]
    assert entry == {"task": sweep.name, "schedule": 300.0}
    assert str(app.conf.timezone) == "UTC"


def test_one_bodys_trouble_is_not_anothers(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def pass_day(*, program: str, **day: object) -> bool:
        if program == "first":
            raise LookupError(program)
        done.append(program)
        return False

    monkeypatch.setattr(tasks, "programs", lambda: ("first", "second"))
    monkeypatch.setattr(tasks, "zone_of", lambda program: UTC)
    monkeypatch.setattr(tasks, "pass_day", pass_day)
    with pytest.raises(ExceptionGroup) as caught:
        sweep()
    assert done == ["second"]
    assert caught.group_contains(LookupError)


@pytest.mark.parametrize("more", [True, False])
def test_what_was_too_much_for_one_go_is_gone_on_with(
    quiet: Cast, monkeypatch: pytest.MonkeyPatch, *, more: bool
) -> None:
    again: list[object] = []
    monkeypatch.setattr(tasks, "pass_day", lambda **day: more)
    monkeypatch.setattr(sweep, "delay", lambda: again.append(sweep))
    with time_machine.travel(NOW):
        sweep()
    assert len(again) == more * len(programs())
