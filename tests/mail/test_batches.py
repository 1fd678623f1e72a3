"""Many at a time: what can't be sent holds up nobody, and is left with its reason."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import OperationalError, connection
from structlog.testing import capture_logs

from core.letters import Letter, Moment
from core.mail import time_to_settle
from core.models import OutboxMessage
from notifications import tasks
from notifications.rules import MOST_BROKEN
from notifications.services import (
    Claim,
    claim,
    due_ids,
    give_back,
    oldest_overdue,
    settle,
)
from notifications.tasks import deliver, deliver_waiting
from tests.cast import NOW
from tests.mail.office import Act, Office
from tests.mail.queue import queued

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the task where it is called, without a worker."""

    def ring(args: tuple[str], expires: float) -> None:
        deliver(*args)

    monkeypatch.setattr(deliver, "apply_async", ring)


def states() -> Counter[str]:
    """How many messages there are in each state."""
    return Counter(OutboxMessage.objects.values_list("state", flat=True))


def test_of_five_hundred_one_is_poison(
    server: Office, clock: time_machine.Traveller
) -> None:
    poison = queued("no_such_kind")
    for _ in range(499):
        queued()

    deliver_waiting()
    assert states() == {State.SENT: 499, State.WAITING: 1}
    with capture_logs() as logs:
        for _ in range(MOST_BROKEN):
            clock.shift(timedelta(minutes=5))
            deliver_waiting()

    assert len(set(server.ids)) == len(server.ids) == 499
    poison.refresh_from_db()
    assert (poison.state, poison.attempts) == (State.DEAD, MOST_BROKEN)
    assert "no_such_kind" in poison.last_error
    (alarm,) = [entry for entry in logs if entry["log_level"] == "error"]
    assert (alarm["event"], alarm["message"]) == ("mail dead", str(poison.pk))


@pytest.mark.parametrize("recipient", ["bob@mail..example", "@", "b\u2028b@b.example"])
def test_an_address_nobody_can_write_to_holds_up_nobody(
    server: Office, clock: time_machine.Traveller, recipient: str
) -> None:
    odd, well = queued(recipient=recipient), queued()
    for _ in range(MOST_BROKEN):
        deliver_waiting()
        clock.shift(timedelta(minutes=5))

    well.refresh_from_db()
    odd.refresh_from_db()
    assert (well.state, odd.state) == (State.SENT, State.DEAD)
    assert "address" in odd.last_error.lower()
    assert len(server.arrived) == 1


def test_a_database_that_restarts_while_words_are_sought_breaks_no_message(
    server: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*, message: OutboxMessage, moment: Moment) -> Letter:
        raise OperationalError("server closed the connection unexpectedly")

    message = queued()
    OutboxMessage.objects.update(attempts=MOST_BROKEN)
    monkeypatch.setattr(tasks, "compose", gone)
    deliver(str(message.pk))

    message.refresh_from_db()
    assert message.state == State.WAITING
    assert "closed the connection" in message.last_error


def test_what_the_server_said_is_written_down_once_the_database_is_back(
    server: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def restarting(*, claim: Claim, now: datetime) -> bool:
        tries.append(now)
        if len(tries) < 3:
            raise OperationalError("the database system is starting up")
        return settle(claim=claim, now=now)

    message = queued()
    monkeypatch.setattr(tasks, "settle", restarting)
    monkeypatch.setattr(tasks, "PAUSE", 0)
    monkeypatch.setattr(connection, "close", lambda: None)
    deliver(str(message.pk))

    message.refresh_from_db()
    assert (message.state, len(tries), len(server.arrived)) == (State.SENT, 3, 1)


def test_what_nobody_can_write_down_is_given_up_with_the_lease(
    server: Office, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*, claim: Claim, now: datetime) -> bool:
        clock.shift(time_to_settle())
        raise OperationalError("the database system is starting up")

    message = queued()
    monkeypatch.setattr(tasks, "settle", away)
    monkeypatch.setattr(connection, "close", lambda: None)
    with pytest.raises(OperationalError):
        deliver(str(message.pk))

    message.refresh_from_db()
    assert message.state == State.SENDING
    deliver(str(message.pk))
    message.refresh_from_db()
    assert (message.state, len(server.arrived)) == (State.UNCONFIRMED, 1)


def test_a_bell_lasts_until_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[dict[str, Any]] = []
    monkeypatch.setattr(deliver, "apply_async", lambda **how: rung.append(how))
    message = queued()

    deliver_waiting()

    assert rung == [{"args": (str(message.pk),), "expires": 60}]


def test_a_long_line_is_rung_for_in_parts() -> None:
    for _ in range(3):
        queued()
    assert len(due_ids(now=NOW, most=2)) == 2


def test_the_oldest_that_nobody_sees_to_is_known(server: Office) -> None:
    assert oldest_overdue(now=NOW) is None
    message = queued()
    assert oldest_overdue(now=NOW) == NOW
    server.acts = [Act("rcpt", "451 Later")]
    deliver(str(message.pk))
    assert oldest_overdue(now=NOW) is None
    assert oldest_overdue(now=NOW + timedelta(minutes=1)) == NOW + timedelta(minutes=1)


def taken(message_id: UUID) -> Claim:
    """Begin to send a message."""
    found = claim(message_id=message_id, now=NOW)
    assert found is not None
    return found


def test_a_try_that_failed_for_no_reason_we_know_is_counted() -> None:
    message = queued()
    give_back(claim=taken(message.pk), error=RuntimeError(), now=NOW)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.WAITING, "RuntimeError")
