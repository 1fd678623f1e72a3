"""What a dry run says of a row is what becomes of it, also where a cell is too long."""

from dataclasses import astuple

import pytest

from accounts.models import Member
from ce_credits.models import FeedRow
from ce_credits.rules import Completion
from ce_credits.services import check_feed_file, receive_file
from ce_credits.services.feed_files import COLUMNS
from ce_credits.tasks import take_feed
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.ce.society import certified
from tests.feeds.feeding import BODY, an_item, done_by

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
LONG = "E" * 40


@pytest.fixture
def bob(cast: Cast) -> Member:
    """Bob is certified; an activity has the longest code there is."""
    certified(cast.bob)
    an_item(LONG)
    return cast.bob


def checked_then_taken(sent: Completion) -> tuple[list[str], FeedRow]:
    """Check a file of one row, then have it taken in: both answers."""
    file = check_feed_file(
        actor=TESTER,
        program=BODY,
        source="The academy",
        name="rows.csv",
        rows=[(1, list(COLUMNS)), (2, list(astuple(sent)))],
        today=TODAY,
        now=NOW,
    )
    said = [each["code"] for each in file.problems]
    receive_file(actor=TESTER, delivery=file, now=NOW)
    take_feed()
    return said, FeedRow.objects.get()


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"code": f"{LONG}E"}, ""),
        ({"code": LONG, "minutes": f"60.{'0' * 30}"}, ""),
        ({"code": LONG, "completed_on": f"2025-10-0{'2' * 40}"}, "bad_day"),
        ({"code": LONG, "minutes": "9" * 30}, "bad_minutes"),
        ({"code": "NONE"}, "unknown_activity"),
    ],
)
def test_the_check_says_what_becomes_of_it(
    bob: Member, more: dict[str, str], reason: str
) -> None:
    said, row = checked_then_taken(done_by(bob, **more))
    assert said == ([reason] if reason else [])
    assert (row.state, row.reason) == ("unmatched" if reason else "taken", reason)
