"""Worker processes are killed -9 in the middle of a feed: each row is taken once."""

import signal
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from accounts.models import Member
from ce_credits.models import Activity, ActivityStep, CreditAward, FeedRow
from core.models import AuditEntry
from deploy.processes import wait_until
from tests.cast import a_member
from tests.ce.society import certified
from tests.feeds.feeding import BODY, an_item, done_by, sent
from tests.mail.office import open_office
from tests.mail.workers import Workers, hired, hit

pytestmark = [
    pytest.mark.db,
    pytest.mark.broker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="needs /proc"),
]
TAKE, SECONDS, EACH = "ce_credits.tasks.take_feed", 120, 40
# So many days of one activity, then the next.
A_CODE = 200
JAN_1 = date(2025, 1, 1)


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    """Workers whose bells are files."""
    with open_office() as office, hired(tmp_path, office, redis=False) as found:
        yield found


def a_feed(member: Member, count: int, *, after: int = 0) -> None:
    """Send so many completions, each of another activity or day than those before."""
    numbers = range(after, after + count)
    for place in {n // A_CODE for n in numbers} - {n // A_CODE for n in range(after)}:
        an_item(f"ETH-{place}", title=f"Ethics {place}")
    sent(
        *(
            done_by(
                member,
                code=f"ETH-{n // A_CODE}",
                completed_on=(JAN_1 + timedelta(days=n % A_CODE)).isoformat(),
            )
            for n in numbers
        )
    )


def taken() -> int:
    """How many rows are taken."""
    return FeedRow.objects.filter(state="taken").count()


@pytest.mark.parametrize("times", [2, pytest.param(20, marks=pytest.mark.drill)])
def test_killed_in_the_middle_each_row_is_taken_once(
    workers: Workers, times: int
) -> None:
    nora = a_member("Nora North", None)
    certified(nora)
    count = 0
    for _ in range(times):
        # A fast worker takes many before it is killed: it never runs out of rows.
        a_feed(nora, EACH, after=count)
        count += EACH
        before = taken()
        worker = workers.start()
        workers.ring(TAKE)
        assert wait_until(lambda: taken() > before, seconds=SECONDS), workers.said()  # noqa: B023
        hit(worker, signal.SIGKILL)
        worker.wait()
    assert taken() < count, "The last one was killed when all was done."
    workers.start()

    def done() -> bool:
        workers.ring(TAKE)
        return wait_until(lambda: taken() == count, seconds=2)

    # What is left is the more, the more often one was killed.
    assert wait_until(done, seconds=SECONDS * times / 2), workers.said()[-5000:]
    made = Activity.objects.filter(program=BODY)
    assert Counter(made.values_list("feed_row__state")) == {("taken",): count}
    for kept in (ActivityStep, CreditAward):
        assert kept.objects.filter(activity__program=BODY).count() == count
    assert AuditEntry.objects.filter(action="ce.recorded").count() == count
