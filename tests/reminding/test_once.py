"""Once, whatever the job does: run again, late, after days, with the clock moved."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import OutboxMessage
from renewals.models import DigestLine
from renewals.services import tell_due
from renewals.services.reminding import DIGEST, Told
from tests.cast import BODY, NOW, TODAY, Cast, a_member, given
from tests.portal.crowd import crowd
from tests.portal.statements import AROUND
from tests.reminding.people import DUE, address, ending, in_digests, sweep, told

pytestmark = pytest.mark.db


def days_on(days: int, start: date = TODAY) -> date:
    """A day some days after another."""
    return start + timedelta(days=days)


def test_run_again_it_tells_nobody(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    assert tell_due(program=BODY, today=TODAY, now=NOW) == Told(1, 1)
    before = OutboxMessage.objects.count(), DigestLine.objects.count()
    for later in (NOW, NOW + timedelta(minutes=5)):
        assert tell_due(program=BODY, today=TODAY, now=later) == Told(0, 0)
    assert (OutboxMessage.objects.count(), DigestLine.objects.count()) == before


@pytest.mark.parametrize("down", [1, 3, 9, 14])
def test_days_that_were_missed_are_made_good(quiet: Cast, down: int) -> None:
    # One term a day; each would have been found on a day of its own.
    windows = [
        ending(f"Eve Number{days}", quiet.northside, days_on(14 + days))
        for days in range(down + 1)
    ]
    sweep()
    assert told() == [address(windows[0])]
    sweep(days_on(down))
    assert told() == sorted(map(address, windows))
    # Who was missed stands in one digest, whoever was not in the one before.
    assert len(told(DIGEST)) == 2
    assert len(in_digests()) == down + 1


def test_what_was_missed_for_longer_is_not_told_of(quiet: Cast) -> None:
    # The date has passed: "in two weeks" would be untrue, and the page says it in red.
    ending("Eve Ellis", quiet.northside)
    sweep(days_on(1, DUE))
    assert told() == []
    assert in_digests() == []


def test_a_clock_that_is_set_back_and_forth_tells_nobody_twice(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    for days in (0, 1, -1, 400, 0, -400, 14):
        sweep(days_on(days))
    assert told() == [address(window)]
    assert in_digests() == [("Ellis", "Alice Adams")]


def test_a_day_after_400_days_finds_what_is_due_then(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    later = ending("Gil Gray", quiet.northside, days_on(410))
    sweep(days_on(400))
    assert told() == [address(later)]


@pytest.mark.parametrize(
    ("applied", "renewal", "told_on"),
    [
        # A year from a leap day ends on Feb 28, which is its renewal date (A1).
        (date(2024, 2, 29), date(2025, 2, 28), date(2025, 2, 14)),
        (date(2027, 3, 14), date(2028, 3, 14), date(2028, 2, 29)),
        (date(2027, 3, 1), date(2028, 3, 1), date(2028, 2, 16)),
        (date(2025, 1, 7), date(2026, 1, 7), date(2025, 12, 24)),
    ],
)
def test_leap_days_and_a_new_year_are_days_like_others(
    quiet: Cast, applied: date, renewal: date, told_on: date
) -> None:
    eve = a_member("Eve Ellis", quiet.northside)
    given(quiet.membership, quiet.northside, eve, today=applied)
    assert eve.windows.get().renewal_on == renewal
    sweep(days_on(-1, told_on))
    assert told() == []
    sweep(told_on)
    assert told() == [eve.email]


def statements_for(size: int, cast: Cast) -> list[str]:
    """What the sweep sends where so many terms are due in two practices."""
    for practice in (cast.northside, cast.lakeview):
        crowd(practice, size // 2, [DUE - timedelta(days=1)])
    with CaptureQueriesContext(connection) as captured:
        done = tell_due(program=BODY, today=TODAY, now=NOW)
    assert done == Told(size, 2)
    sent = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in sent if not sql.startswith(AROUND)]


@pytest.mark.parametrize("size", [10, 1_000])
def test_the_statements_are_as_many_for_few_as_for_many(quiet: Cast, size: int) -> None:
    turn = connection.vendor == "postgresql"
    sent = statements_for(size, quiet)
    assert len(sent) == 4 + turn
    assert sum(sql.startswith("INSERT INTO") for sql in sent) == 4
