"""Several workers, bells and beats at once, and workers that are told to end."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from core.models import OutboxMessage
from deploy.processes import wait_until
from deploy.system import absent
from tests.mail.office import TAKE, Act, Office
from tests.mail.queue import queued
from tests.mail.workers import DELIVER, SECONDS, SWEEP, Workers, hired

pytestmark = [
    pytest.mark.db,
    pytest.mark.broker,
    pytest.mark.django_db(transaction=True),
]
State = OutboxMessage.State


def batch(many: int) -> Sequence[OutboxMessage]:
    """Queue many messages; nobody is rung for."""
    return [queued() for _ in range(many)]


def told_once(office: Office, messages: Sequence[OutboxMessage]) -> None:
    """Make sure that each was told once, and that each is known to be."""
    assert sorted(office.ids) == sorted(f"<{each.pk}@localhost>" for each in messages)
    states = OutboxMessage.objects.values_list("state", flat=True)
    assert set(states) == {State.SENT}


def test_two_workers_and_four_beats_tell_each_once(
    workers: Workers, office: Office
) -> None:
    workers.exchange = 10
    messages = batch(40)
    for _ in range(2):
        workers.start(at_once=2)
    workers.ring(SWEEP, times=4)

    workers.sweep_until_done()

    told_once(office, messages)


def test_the_very_same_bell_rung_five_times_sends_one_mail(
    workers: Workers, office: Office
) -> None:
    workers.exchange = 10
    office.delay = 0.1
    message = queued()
    for _ in range(2):
        workers.start(at_once=3)
    workers.ring(DELIVER, str(message.pk), times=5, name=str(uuid4()))

    workers.sweep_until_done()
    time.sleep(1)

    told_once(office, [message])
    message.refresh_from_db()
    assert message.attempts == 1


def test_a_worker_told_to_end_finishes_its_mail_and_another_goes_on(
    workers: Workers, office: Office
) -> None:
    workers.exchange = 10
    office.delay = 0.02
    messages = batch(16)
    first = workers.start()
    workers.ring(SWEEP)
    assert wait_until(lambda: len(office.arrived) > 4, seconds=60), workers.said()

    first.send_signal(signal.SIGTERM)
    assert first.wait(SECONDS) == 0
    assert len(office.arrived) < 16
    assert not OutboxMessage.objects.filter(state=State.SENDING).exists()
    workers.start()
    workers.sweep_until_done()

    told_once(office, messages)


def test_the_office_opens_in_the_middle_of_a_batch(
    workers: Workers, office: Office
) -> None:
    workers.exchange = 10
    messages = batch(20)
    office.acts = [Act("greeting", "421 Closed")] * 2 + [Act("rcpt", "451 Full")] * 3
    workers.start(at_once=2)

    workers.sweep_until_done()

    told_once(office, messages)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no sessions")
def test_a_database_that_breaks_off_in_the_middle_of_a_batch(
    workers: Workers, office: Office
) -> None:
    workers.exchange = 10
    messages = batch(60)
    kept = own_session()
    ended: list[int] = []
    # While it talks to the mail server a worker has a session for certain.
    breaks = Act(before=lambda: ended.append(from_elsewhere(break_off, kept)))
    office.acts = [*[TAKE] * 7, breaks] * 5
    workers.start(at_once=2)
    workers.ring(SWEEP)

    workers.sweep_until_done(90)

    told_once(office, messages)
    assert len(ended) == 5
    assert min(ended) > 0


def own_session() -> int:
    """Give the number of the session in which the test itself asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found: int = cursor.fetchone()[0]
    return found


def from_elsewhere(asks: Callable[[int], int], kept: int) -> int:
    """Ask from a thread of its own: the office's may not talk to a database."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asks, kept).result()


def break_off(kept: int) -> int:
    """End every session of the workers as a restart would; say how many there were."""
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() "
            "AND pid NOT IN (pg_backend_pid(), %s)",
            [kept],
        )
        found: int = cursor.fetchone()[0]
    return found


@pytest.fixture
def with_redis(
    transactional_db: None, tmp_path: Path, office: Office
) -> Iterator[Workers]:
    """Workers that Redis wakes."""
    with hired(tmp_path, office, redis=True) as found:
        yield found


@pytest.mark.skipif(bool(absent("services")), reason="make test-services brings Redis")
def test_redis_goes_away_and_comes_back_empty(
    with_redis: Workers, office: Office
) -> None:
    workers, redis = with_redis, with_redis.redis
    assert redis is not None
    workers.exchange = 10
    office.delay = 0.02
    messages = batch(20)
    workers.start()
    workers.ring(SWEEP)
    assert wait_until(lambda: len(office.arrived) > 3, seconds=60), workers.said()

    redis.go()
    time.sleep(1)
    redis.come()
    workers.sweep_until_done()

    told_once(office, messages)
