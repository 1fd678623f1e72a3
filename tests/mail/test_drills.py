"""Each fault of a mail server and of a worker twenty times, with production's waits.

`make drill` alone runs it; with REDIS_URL and DATABASE_URL on those servers.
"""

import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from core.models import OutboxMessage
from deploy.processes import free_port, wait_until
from tests.mail.office import CUT_AFTER_YES, REPLY_LOST, Act, Office, open_office
from tests.mail.queue import queued
from tests.mail.workers import DELIVER, SECONDS, SWEEP, Workers, hit, killed_at

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
State = OutboxMessage.State
TIMES = 20
FIVE_MINUTES = 300


@pytest.fixture(autouse=True)
def unhurried(workers: Workers) -> None:
    """Let everything take as long as it does in production."""
    workers.exchange = 0


def batch() -> Sequence[OutboxMessage]:
    """Queue a message for each time."""
    return [queued() for _ in range(TIMES)]


def states() -> Counter[str]:
    """How many messages there are in each state."""
    return Counter(OutboxMessage.objects.values_list("state", flat=True))


def each(messages: Sequence[OutboxMessage], times: int = 1) -> list[str]:
    """The Message-IDs that should have arrived."""
    return sorted([f"<{message.pk}@localhost>" for message in messages] * times)


def all_at_rest(workers: Workers, seconds: float) -> None:
    """Wait for the beat and the workers, and do nothing oneself.

    Raises:
        AssertionError: something is still waiting after that time.
    """
    assert wait_until(workers.resting, seconds=seconds), workers.said()[-5000:]


def crew(workers: Workers) -> None:
    """Start a worker for all at once, and a beat."""
    workers.start(at_once=TIMES)
    workers.start_beat()
    workers.ring(SWEEP)


def test_refused(workers: Workers) -> None:
    port = free_port()
    workers.office = Office(port)
    messages = batch()
    crew(workers)
    time.sleep(90)
    assert set(states()) <= {State.WAITING, State.SENDING}

    with open_office(port) as office:
        all_at_rest(workers, FIVE_MINUTES)
        assert sorted(office.ids) == each(messages)
    assert states() == {State.SENT: TIMES}


def test_thirty_seconds_slow(workers: Workers, office: Office) -> None:
    office.delay = 30
    messages = batch()
    crew(workers)

    all_at_rest(workers, FIVE_MINUTES)

    assert sorted(office.ids) == each(messages)
    assert states() == {State.SENT: TIMES}
    assert not OutboxMessage.objects.exclude(attempts=1, unanswered=0).exists()


@pytest.mark.parametrize("at", ["greeting", "rcpt", "dot"])
@pytest.mark.parametrize("says", ["421 Closing", "451 Come back later"])
def test_refused_for_now(workers: Workers, office: Office, at: str, says: str) -> None:
    office.acts = [Act(at, says)] * TIMES
    messages = batch()
    crew(workers)

    all_at_rest(workers, FIVE_MINUTES)

    assert sorted(office.ids) == each(messages)
    assert states() == {State.SENT: TIMES}


@pytest.mark.parametrize("at", ["rcpt", "dot"])
def test_refused_for_good(workers: Workers, office: Office, at: str) -> None:
    office.usual = Act(at, "550 No such person")
    batch()
    crew(workers)

    all_at_rest(workers, 60)

    assert (office.arrived, states()) == ([], {State.DEAD: TIMES})
    assert not OutboxMessage.objects.exclude(attempts=1).exists()


def test_cut_after_the_yes(workers: Workers, office: Office) -> None:
    office.usual = CUT_AFTER_YES
    messages = batch()
    crew(workers)

    all_at_rest(workers, 60)
    time.sleep(90)

    assert sorted(office.ids) == each(messages)
    assert states() == {State.SENT: TIMES}


def test_the_answer_is_lost(workers: Workers, office: Office) -> None:
    office.acts = [REPLY_LOST] * TIMES
    messages = batch()
    crew(workers)

    all_at_rest(workers, FIVE_MINUTES)

    # One double each, with the same id, and logged.
    assert sorted(office.ids) == each(messages, times=2)
    assert states() == {State.SENT: TIMES}
    assert workers.said().count("mail ambiguous") == TIMES


@pytest.mark.parametrize(
    ("at", "state", "tries"), [("dot", State.UNCONFIRMED, 1), ("rcpt", State.SENT, 2)]
)
def test_killed(
    workers: Workers, office: Office, at: str, state: str, tries: int
) -> None:
    messages = batch()
    for message in messages:
        killed_at(workers, message, hit, at)
    crew(workers)

    all_at_rest(workers, FIVE_MINUTES)

    assert sorted(office.ids) == each(messages)
    assert states() == {state: TIMES}
    assert not OutboxMessage.objects.exclude(attempts=tries).exists()


def test_told_to_end(workers: Workers, office: Office) -> None:
    office.delay = 0.05
    messages = [*batch(), *batch(), *batch()]
    for turn in range(TIMES):
        worker = workers.start()
        workers.ring(SWEEP)
        wait_until(reached(office, 2 * turn + 2), seconds=60)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(SECONDS) == 0
    crew(workers)

    all_at_rest(workers, FIVE_MINUTES)

    assert sorted(office.ids) == each(messages)
    assert states() == {State.SENT: 3 * TIMES}


def reached(office: Office, many: int) -> Callable[[], bool]:
    """Ask whether so many messages have come."""
    return lambda: len(office.arrived) >= many


def test_two_beats_and_every_bell_five_times(workers: Workers, office: Office) -> None:
    messages = batch()
    for _ in range(2):
        workers.start(at_once=10)
        workers.start_beat()
    for message in messages:
        workers.ring(DELIVER, str(message.pk), times=5, name=str(message.pk))

    all_at_rest(workers, 60)
    time.sleep(130)

    assert sorted(office.ids) == each(messages)
    assert not OutboxMessage.objects.exclude(attempts=1, state=State.SENT).exists()


def test_redis_goes_twenty_times_and_then_for_a_minute(
    workers: Workers, office: Office
) -> None:
    if workers.redis is None:
        pytest.skip("make drill with REDIS_URL")
    office.delay = 0.2
    messages = [*batch(), *batch()]
    crew(workers)
    for _ in range(TIMES):
        workers.redis.go()
        time.sleep(1)
        workers.redis.come()
        workers.ring(SWEEP)
    messages += batch()
    workers.redis.go()
    time.sleep(60)
    workers.redis.come()

    all_at_rest(workers, 3 * FIVE_MINUTES)

    assert sorted(office.ids) == each(messages)
    assert states() == {State.SENT: 3 * TIMES}
