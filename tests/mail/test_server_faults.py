"""A mail server that is away, slow, refuses or breaks off: told once, nobody lost."""

from datetime import timedelta

import pytest
import time_machine
from pytest_django import Settings
from structlog.testing import capture_logs

from core.mail import SERVER
from core.models import OutboxMessage
from deploy.processes import free_port
from notifications.rules import MOST_ATTEMPTS
from notifications.services import due_ids
from notifications.tasks import deliver
from tests.cast import NOW
from tests.mail.office import CUT_AFTER_YES, REPLY_LOST, Act, Office
from tests.mail.queue import queued

pytestmark = pytest.mark.django_db
State = OutboxMessage.State
LATER = timedelta(seconds=60)


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def tried(message: OutboxMessage) -> OutboxMessage:
    """Try once more, and read the row again."""
    deliver(str(message.pk))
    message.refresh_from_db()
    return message


def tried_later(message: OutboxMessage, clock: time_machine.Traveller) -> OutboxMessage:
    """Wait until it is due, and try once more."""
    clock.move_to(message.due_at)
    SERVER.end()
    return tried(message)


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("greeting", "421 Closing"),
        ("greeting", "554 No service for you"),
        ("mail", "451 Come back later"),
        ("mail", "550 Sign in first"),
        ("rcpt", "421 Closing"),
        ("rcpt", "451 Come back later"),
        ("rcpt", "452 Mailbox full"),
        ("rcpt", "530 Sign in first"),
        ("rcpt", "554 5.7.1 Relay access denied"),
        ("data", "421 Closing"),
        ("data", "451 Come back later"),
        ("dot", "421 Closing"),
        ("dot", "451 Come back later"),
    ],
)
def test_what_may_pass_is_tried_again(
    server: Office, clock: time_machine.Traveller, at: str, says: str
) -> None:
    message = queued()
    server.acts = [Act(at, says)]

    tried(message)

    assert (message.state, message.attempts) == (State.WAITING, 1)
    assert message.due_at == NOW + LATER
    assert message.last_error == says
    assert (message.leased_until, message.handed_at) == (None, None)
    assert due_ids(now=NOW) == []
    tried_later(message, clock)
    assert server.ids == [f"<{message.pk}@localhost>"]
    assert (message.state, message.attempts, message.last_error) == (State.SENT, 2, "")
    assert message.unanswered == 0


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("mail", "552 Message too large"),
        ("rcpt", "550 No such person"),
        ("rcpt", "550 5.1.1 No such person"),
        ("rcpt", "551 Moved away"),
        ("rcpt", "553 No such place"),
        ("data", "554 Nothing to send"),
        ("dot", "550 Looks like spam"),
        ("dot", "552 Message too large"),
    ],
)
def test_what_is_refused_for_good_is_left_to_people_at_once(
    server: Office, clock: time_machine.Traveller, at: str, says: str
) -> None:
    message = queued("invite")
    server.acts = [Act(at, says)]

    with capture_logs() as logs:
        tried(message)

    assert (message.state, message.attempts) == (State.DEAD, 1)
    assert message.last_error == says
    assert "secret" not in str(message.payload)
    (entry,) = logs
    assert (entry["event"], entry["log_level"], entry["error"]) == (
        "mail dead",
        "error",
        says,
    )
    clock.shift(timedelta(days=9))
    tried(message)
    assert due_ids(now=NOW + timedelta(days=9)) == []
    assert server.arrived == []


def test_a_server_that_is_away_is_left_alone_for_a_while(
    server: Office, settings: Settings, clock: time_machine.Traveller
) -> None:
    first, second = queued(), queued()
    port = settings.EMAIL_PORT
    settings.EMAIL_PORT = free_port()
    tried(first)
    assert (first.state, first.attempts) == (State.WAITING, 1)
    assert first.last_error == "Not sent: Connection refused"

    # The others keep their turn and count no try.
    settings.EMAIL_PORT = port
    tried(second)
    assert (second.state, second.attempts, server.connections) == (State.WAITING, 0, 0)

    for message in (second, first):
        tried_later(message, clock)
    assert [second.state, first.state] == [State.SENT] * 2
    assert len(server.arrived) == 2


def test_a_line_that_breaks_before_the_message_is_handed_over_costs_nothing(
    server: Office, clock: time_machine.Traveller
) -> None:
    message = queued()
    server.acts = [Act("rcpt", "250 Go on", cut=True)]

    tried(message)
    assert (message.state, message.unanswered) == (State.WAITING, 0)
    tried_later(message, clock)

    assert message.state == State.SENT
    assert len(server.arrived) == 1


def test_a_line_that_breaks_after_the_yes_changes_nothing(server: Office) -> None:
    message = queued()
    server.acts = [CUT_AFTER_YES]

    tried(message)

    assert (message.state, message.attempts) == (State.SENT, 1)
    assert (message.last_error, message.unanswered) == ("", 0)
    assert len(server.arrived) == 1


def test_an_answer_that_is_lost_makes_one_double_with_the_same_id(
    server: Office, clock: time_machine.Traveller
) -> None:
    message = queued()
    server.acts = [REPLY_LOST]

    with capture_logs() as logs:
        tried(message)
    assert (message.state, message.unanswered) == (State.WAITING, 1)
    assert [entry["event"] for entry in logs] == ["mail ambiguous"]
    tried_later(message, clock)

    assert server.ids == [f"<{message.pk}@localhost>"] * 2
    assert (message.state, message.unanswered) == (State.SENT, 1)
    tried(message)
    assert len(server.arrived) == 2


def test_a_second_answer_that_is_lost_is_not_waited_for(
    server: Office, clock: time_machine.Traveller
) -> None:
    message = queued()
    server.usual = REPLY_LOST

    tried(message)
    with capture_logs() as logs:
        tried_later(message, clock)

    assert (message.state, message.unanswered) == (State.UNCONFIRMED, 2)
    assert message.sent_at == message.handed_at == NOW + LATER
    assert "closed" in message.last_error
    assert [entry["event"] for entry in logs] == ["mail ambiguous"]
    clock.shift(timedelta(days=9))
    tried(message)
    assert due_ids(now=NOW + timedelta(days=9)) == []
    assert len(server.arrived) == 2


def test_a_no_after_an_answer_that_was_lost_is_a_no(
    server: Office, clock: time_machine.Traveller
) -> None:
    message = queued()
    server.acts = [REPLY_LOST, Act("rcpt", "550 No such person")]

    tried(message)
    tried_later(message, clock)

    assert (message.state, message.unanswered) == (State.DEAD, 1)


def test_a_server_as_slow_as_may_be_is_waited_for(
    server: Office, settings: Settings
) -> None:
    message = queued()
    settings.EMAIL_TIMEOUT = 0.4
    server.delay = 0.3

    tried(message)

    assert (message.state, message.attempts) == (State.SENT, 1)
    assert len(server.arrived) == 1


def test_a_server_that_is_slower_is_tried_again_and_nothing_left(
    server: Office, settings: Settings, clock: time_machine.Traveller
) -> None:
    message = queued()
    settings.EMAIL_TIMEOUT = 0.2
    server.delay = 0.5
    tried(message)
    assert (message.state, message.unanswered) == (State.WAITING, 0)
    assert "timed out" in message.last_error

    server.delay = 0
    tried_later(message, clock)

    assert message.state == State.SENT
    assert len(server.arrived) == 1


def test_the_last_answer_may_take_three_times_as_long(
    server: Office, settings: Settings
) -> None:
    message = queued()
    settings.EMAIL_TIMEOUT = 0.3

    def look_into_it() -> None:
        server.delay = 0.7

    server.acts = [Act(before=look_into_it)]
    tried(message)

    assert (message.state, message.unanswered) == (State.SENT, 0)
    assert len(server.arrived) == 1


def test_each_wait_is_longer_but_none_longer_than_four_minutes(
    server: Office, clock: time_machine.Traveller
) -> None:
    message = queued()
    server.usual = Act(says="451 Come back later")
    waits = []
    for _ in range(5):
        before = message.due_at
        tried_later(message, clock)
        waits.append((message.due_at - before).total_seconds())

    assert waits == [60, 120, 240, 240, 240]


def test_after_two_days_of_trying_people_must_look(
    server: Office, clock: time_machine.Traveller
) -> None:
    message = queued("invite")
    server.usual = Act(says="451 Come back later")
    OutboxMessage.objects.update(attempts=MOST_ATTEMPTS - 2)
    tried(message)
    assert message.state == State.WAITING
    tried_later(message, clock)

    assert (message.state, message.attempts) == (State.DEAD, MOST_ATTEMPTS)
    assert message.last_error == "451 Come back later"
    assert "secret" not in str(message.payload)
    server.usual = Act()
    clock.shift(timedelta(days=1))
    tried(message)
    assert server.arrived == []
