"""A real worker process is killed while it sends: everybody is told, nobody twice."""

import sys
import time

import pytest

from core.models import OutboxMessage
from deploy.processes import wait_until
from tests.mail.office import Office
from tests.mail.queue import queued
from tests.mail.workers import (
    SWEEP,
    Hit,
    Process,
    Workers,
    hit,
    hit_child,
    killed_at,
)

pytestmark = [
    pytest.mark.db,
    pytest.mark.broker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="needs /proc"),
]
State = OutboxMessage.State


ALL_OR_ONE = pytest.mark.parametrize("hit", [hit, hit_child], ids=["worker", "child"])


def followed(workers: Workers, worker: Process) -> None:
    """Go on as the beat and the supervisor would, until no message waits."""
    if wait_until(lambda: worker.poll() is not None, seconds=0.3):
        # Its lease is in the row; whoever follows may take its time.
        workers.exchange = 10
        workers.start()
    workers.sweep_until_done()


@ALL_OR_ONE
def test_killed_between_the_yes_and_our_mark_it_is_told_once(
    workers: Workers, office: Office, hit: Hit
) -> None:
    message = queued()
    worker = killed_at(workers, message, hit)
    assert len(office.arrived) == 1
    assert message.handed_at is not None

    followed(workers, worker)

    message.refresh_from_db()
    assert office.ids == [f"<{message.pk}@localhost>"]
    assert (message.state, message.unanswered) == (State.UNCONFIRMED, 1)
    assert "Your term: Nov 17, 2025 to Nov 16, 2026." in message.text
    assert "mail ambiguous" in workers.said()


@ALL_OR_ONE
def test_killed_before_the_message_is_handed_over_it_is_told_once(
    workers: Workers, office: Office, hit: Hit
) -> None:
    message = queued()
    worker = killed_at(workers, message, hit, at="rcpt")
    assert (office.arrived, message.handed_at) == ([], None)

    followed(workers, worker)

    message.refresh_from_db()
    assert office.ids == [f"<{message.pk}@localhost>"]
    assert message.state == State.SENT
    assert message.attempts > 1


def test_without_the_note_before_the_dot_it_is_told_twice(
    workers: Workers, office: Office
) -> None:
    workers.more["TEST_BACKEND"] = "tests.mail.unguarded.PlainBackend"
    workers.more["CELERY_SKIP_CHECKS"] = "1"
    message = queued()
    worker = killed_at(workers, message, hit)

    followed(workers, worker)

    assert office.ids == [f"<{message.pk}@localhost>"] * 2


def test_the_row_is_found_within_two_sweeps(workers: Workers, office: Office) -> None:
    message = queued()
    killed_at(workers, message, hit)
    time.sleep(4 * workers.exchange)
    workers.start()

    workers.ring(SWEEP)

    assert wait_until(workers.resting, seconds=30), workers.said()
