"""A worker that dies, or is slow, while it sends: the row says what may have left."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.test import override_settings
from structlog.testing import capture_logs

from core.clock import now
from core.letters import Letter
from core.mail import exchange, time_to_hand_over, time_to_hold, time_to_settle
from core.models import OutboxMessage
from notifications import tasks
from notifications.queries import message_of
from notifications.rules import MOST_BROKEN
from notifications.services import (
    Claim,
    TooLate,
    claim,
    due_ids,
    give_back,
    hand_over,
    hold,
    recover,
    settle,
)
from notifications.services.delivering import LOST
from notifications.tasks import deliver
from tests.cast import NOW
from tests.mail.office import Act, Office
from tests.mail.queue import queued

pytestmark = pytest.mark.django_db
State = OutboxMessage.State
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock(server: Office) -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def claimed(message: OutboxMessage, now: datetime = NOW) -> Claim:
    """Begin to send, as a worker that is lost or slow."""
    found = claim(message_id=message.pk, now=now)
    assert found is not None
    return found


def handed(message: OutboxMessage, now: datetime = NOW) -> Claim:
    """Hand over, and go no further."""
    found = claimed(message, now)
    hand_over(claim=found, mail=words(message), now=now)
    return found


def words(message: OutboxMessage) -> EmailMultiAlternatives:
    """The mail of a row."""
    return message_of(message, Letter(message.payload))


def again(message: OutboxMessage) -> OutboxMessage:
    """Let another worker see to it, and read the row again."""
    deliver(str(message.pk))
    message.refresh_from_db()
    return message


def test_what_was_not_handed_over_is_sent_by_the_next(
    server: Office, clock: time_machine.Traveller
) -> None:
    message = queued()
    claimed(message)
    again(message)
    assert (message.state, server.arrived) == (State.SENDING, [])
    assert message.pk not in due_ids(now=NOW + time_to_hold() - SECOND)

    clock.shift(time_to_hold())
    assert message.pk in due_ids(now=NOW + time_to_hold())
    again(message)

    assert len(server.arrived) == 1
    assert (message.state, message.attempts) == (State.SENT, 2)


def test_what_was_handed_over_counts_as_sent(
    server: Office, clock: time_machine.Traveller
) -> None:
    message = queued("invite")
    handed(message)
    clock.shift(time_to_settle() - SECOND)
    again(message)
    assert message.state == State.SENDING

    clock.shift(SECOND)
    with capture_logs() as logs:
        again(message)

    assert (message.state, message.unanswered) == (State.UNCONFIRMED, 1)
    assert message.sent_at == NOW
    assert message.last_error.startswith("The worker was lost after")
    assert "secret" not in str(message.payload)
    assert [(e["event"], e["message"]) for e in logs] == [
        ("mail ambiguous", str(message.pk))
    ]
    clock.shift(timedelta(days=9))
    again(message)
    assert server.arrived == []


def test_no_row_is_in_progress_for_ten_minutes() -> None:
    with override_settings(EMAIL_TIMEOUT=40):
        longest = time_to_hand_over() + time_to_settle() + timedelta(minutes=1)
        assert longest < timedelta(minutes=10)


def test_a_late_worker_hands_nothing_over(
    server: Office, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = queued()

    def asleep(*, claim: Claim, mail: EmailMultiAlternatives, now: datetime) -> None:
        clock.shift(time_to_hold())
        with monkeypatch.context() as awake:
            awake.setattr(tasks, "hand_over", hand_over)
            again(message)
        hand_over(claim=claim, mail=mail, now=now)

    monkeypatch.setattr(tasks, "hand_over", asleep)
    again(message)

    assert server.ids == [f"<{message.pk}@localhost>"]
    assert (message.state, message.attempts) == (State.SENT, 2)


def test_without_that_guard_it_is_told_twice(
    server: Office, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = queued()

    def asleep(**_: object) -> None:
        clock.shift(time_to_hold())
        with monkeypatch.context() as awake:
            awake.setattr(tasks, "hand_over", lambda **_: None)
            again(message)

    monkeypatch.setattr(tasks, "hand_over", asleep)
    monkeypatch.setattr(tasks, "hold", lambda **_: None)
    again(message)

    assert len(server.arrived) == 2


def test_a_slow_server_s_worker_keeps_its_lease(
    server: Office, clock: time_machine.Traveller
) -> None:
    message = queued()
    slow = claimed(message)
    assert slow.lasts(NOW + exchange())
    assert not slow.lasts(NOW + exchange() + SECOND)
    hold(claim=slow, now=NOW + exchange() + SECOND)

    clock.shift(time_to_hold())
    again(message)
    assert (message.state, server.arrived) == (State.SENDING, [])
    assert settle(claim=slow, now=NOW)


def test_a_lease_that_another_has_cannot_be_kept() -> None:
    message = queued()
    slow = claimed(message)
    claimed(message, NOW + time_to_hold())
    with pytest.raises(TooLate):
        hold(claim=slow, now=NOW + time_to_hold())


def test_a_server_slower_than_any_may_be_is_tried_again() -> None:
    """Handed over any later, the worker would be ended while it waits for the yes."""
    message, at = queued(), NOW
    slow = claimed(message)
    while at < NOW + time_to_hand_over():
        at += exchange()
        hold(claim=slow, now=at)
    with pytest.raises(TooLate) as late:
        hand_over(claim=slow, mail=words(message), now=at)

    give_back(claim=slow, error=late.value, now=at)
    message.refresh_from_db()
    assert (message.state, message.unanswered) == (State.WAITING, 0)
    assert "too slow" in message.last_error


def test_a_worker_that_lost_its_lease_settles_nothing() -> None:
    message = queued()
    slow = claimed(message)
    later = NOW + timedelta(minutes=10)
    quick = claimed(message, later)

    assert not settle(claim=slow, now=later)
    give_back(claim=slow, error=OSError("late"), now=later)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.SENDING, "")
    assert settle(claim=quick, now=later)


def test_a_late_answer_still_counts(clock: time_machine.Traveller) -> None:
    message = queued()
    slow = handed(message)
    clock.shift(time_to_settle())
    assert again(message).state == State.UNCONFIRMED

    assert settle(claim=slow, now=NOW + time_to_settle())
    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.SENT, "")


def test_a_message_that_costs_its_worker_each_time_is_left_to_people(
    server: Office, clock: time_machine.Traveller
) -> None:
    message = queued()
    for _ in range(MOST_BROKEN):
        recover(message_id=message.pk, now=now())
        claimed(message, now())
        clock.shift(time_to_hold())

    with capture_logs() as logs:
        again(message)

    assert (message.state, message.attempts) == (State.DEAD, MOST_BROKEN)
    assert message.last_error == LOST
    assert [entry["event"] for entry in logs] == ["mail dead"]
    assert server.arrived == []


def unguarded(*, message_id: UUID, now: datetime) -> Claim | None:
    """Free the row of a lost worker, whether or not the message was handed over."""
    OutboxMessage.objects.filter(pk=message_id, leased_until__lte=now).update(
        handed_at=None, attempts=F("attempts")
    )
    return None


class Killed(BaseException):
    """What no worker lives through."""


def dies(**_: object) -> None:
    """End the worker."""
    raise Killed


@pytest.mark.parametrize(("see_to", "told"), [(recover, 1), (unguarded, 2)])
def test_without_the_note_a_message_that_left_is_told_twice(
    server: Office,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
    see_to: Callable[..., object],
    told: int,
) -> None:
    message = queued()
    monkeypatch.setattr(tasks, "recover", see_to)
    with monkeypatch.context() as killed:
        killed.setattr(tasks, "settle", dies)
        with pytest.raises(Killed):
            deliver(str(message.pk))

    clock.shift(time_to_settle())
    again(message)

    assert len(server.arrived) == told


def test_a_worker_stopped_while_it_waits_for_the_answer_is_in_doubt(
    server: Office, clock: time_machine.Traveller
) -> None:
    message = queued()
    stuck = handed(message)
    give_back(claim=stuck, error=RuntimeError("out of time"), now=NOW)
    message.refresh_from_db()
    assert (message.state, message.unanswered) == (State.WAITING, 1)

    server.acts = [Act("rcpt", "451 Later")]
    clock.move_to(message.due_at)
    again(message)
    assert (message.state, message.unanswered) == (State.WAITING, 1)
