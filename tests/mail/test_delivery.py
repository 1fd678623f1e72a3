"""Delivering the outbox over a real mail server: each message once, none lost."""

import threading
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from pytest_django import Settings

from accounts.services import ask_for_reset
from core.letters import Letter
from core.models import OutboxMessage
from notifications.services import MOST_ATTEMPTS, claim, due_ids, settle
from notifications.tasks import deliver, deliver_waiting
from tests.cast import NOW, a_user
from tests.mail.conftest import MailServer, free_port
from tests.mail.queue import URL, queued

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the task where it is called, without a worker."""
    monkeypatch.setattr(deliver, "delay", deliver)


def test_a_message_arrives_as_text_and_html(server: MailServer) -> None:
    message = queued()

    deliver(str(message.pk))

    (mail,) = server.arrived
    assert server.recipients == [["bob@mail.example"]]
    assert mail.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    assert mail["Subject"].startswith("[Northside] Your membership is renewed")
    assert mail["Message-ID"] == f"<{message.pk}@localhost>"
    assert mail["Auto-Submitted"] == "auto-generated"
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (State.SENT, NOW)
    assert message.payload["url"]


def test_a_sent_message_is_not_sent_again(server: MailServer) -> None:
    message = queued()

    for _ in range(3):
        deliver(str(message.pk))

    assert len(server.arrived) == 1


def test_a_message_that_is_gone_is_nothing_to_do(server: MailServer) -> None:
    deliver(str(uuid4()))

    assert server.arrived == []


def test_a_one_use_link_leaves_the_row_with_the_mail(server: MailServer) -> None:
    message = queued("invite")

    deliver(str(message.pk))

    assert URL in server.arrived[0].as_string()
    message.refresh_from_db()
    assert "secret" not in str(message.payload)


@pytest.mark.parametrize(
    "answer", ["451 Come back later", "550 No such person", "421 Closing"]
)
def test_a_refused_message_is_tried_again_later(
    server: MailServer, clock: time_machine.Traveller, answer: str
) -> None:
    message = queued()
    server.answer = answer
    deliver(str(message.pk))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.WAITING, 1)
    assert message.due_at == NOW + timedelta(seconds=60)
    assert answer[4:] in message.last_error

    server.answer = "250 Taken"
    deliver(str(message.pk))
    assert server.arrived == []
    clock.shift(timedelta(seconds=60))
    deliver(str(message.pk))

    assert [mail["Message-ID"] for mail in server.arrived] == [
        f"<{message.pk}@localhost>"
    ]
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (State.SENT, 2, "")


def test_a_server_that_is_away_is_tried_again(
    server: MailServer, settings: Settings, clock: time_machine.Traveller
) -> None:
    message = queued()
    port = settings.EMAIL_PORT
    settings.EMAIL_PORT = free_port()
    deliver(str(message.pk))
    message.refresh_from_db()
    assert message.state == State.WAITING
    assert "refused" in message.last_error.lower()

    settings.EMAIL_PORT = port
    clock.shift(timedelta(seconds=60))
    deliver(str(message.pk))

    assert len(server.arrived) == 1


def test_each_wait_is_longer_and_after_the_eighth_try_people_must_look(
    server: MailServer, clock: time_machine.Traveller
) -> None:
    message = queued("invite")
    server.answer = "451 Come back later"
    waits = []
    for _ in range(MOST_ATTEMPTS):
        before = message.due_at
        deliver(str(message.pk))
        message.refresh_from_db()
        waits.append(int((message.due_at - before).total_seconds()))
        clock.move_to(message.due_at)

    assert waits[:7] == [60, 120, 240, 480, 960, 1920, 3840]
    assert (message.state, message.attempts) == (State.DEAD, 8)
    assert "Come back later" in message.last_error
    assert "secret" not in str(message.payload)
    server.answer = "250 Taken"
    clock.shift(timedelta(days=1))
    deliver(str(message.pk))
    assert server.arrived == []
    assert due_ids(now=NOW + timedelta(days=9)) == []


def test_a_reset_link_is_made_anew_for_each_try_and_never_stored(
    server: MailServer, clock: time_machine.Traveller
) -> None:
    bob = a_user("Bob Baker")
    message = ask_for_reset(email=bob.email, now=NOW)
    server.answer = "451 Come back later"
    deliver(str(message.pk))
    message.refresh_from_db()
    assert (message.state, message.payload) == (State.WAITING, {})

    server.answer = "250 Taken"
    clock.shift(timedelta(seconds=60))
    deliver(str(message.pk))

    text = server.arrived[0].as_string()
    assert "http://localhost:8000/accounts/reset/" in text
    assert "until Nov 17, 2025, 7:01 p.m. UTC" in text
    message.refresh_from_db()
    assert message.state == State.SENT
    assert "url" not in message.payload


def test_a_reset_nobody_signs_in_for_is_void(server: MailServer) -> None:
    message = ask_for_reset(email="nobody@mail.example", now=NOW)

    for _ in range(2):
        deliver(str(message.pk))

    message.refresh_from_db()
    assert (message.state, message.sent_at) == (State.VOID, None)
    assert server.arrived == []
    assert due_ids(now=NOW + timedelta(days=1)) == []


@pytest.mark.usefixtures("at_once")
def test_a_message_nobody_can_render_holds_up_no_other(server: MailServer) -> None:
    first, poison, last = queued(), queued("no_such_kind"), queued()

    deliver_waiting()

    ids = {mail["Message-ID"] for mail in server.arrived}
    assert ids == {f"<{row.pk}@localhost>" for row in (first, last)}
    poison.refresh_from_db()
    assert poison.state == State.WAITING
    assert "no_such_kind" in poison.last_error


@pytest.mark.usefixtures("at_once")
def test_the_sweep_finds_what_a_killed_worker_left(
    server: MailServer, clock: time_machine.Traveller
) -> None:
    message = queued()
    assert claim(message_id=message.pk, now=NOW)
    deliver_waiting()
    assert server.arrived == []

    clock.shift(timedelta(seconds=30))
    deliver_waiting()

    assert len(server.arrived) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.SENT, 2)


@pytest.mark.usefixtures("at_once")
def test_the_sweep_leaves_what_is_not_due(server: MailServer) -> None:
    queued(now=NOW + timedelta(seconds=1))

    deliver_waiting()

    assert server.arrived == []


def test_a_worker_that_lost_its_lease_settles_nothing(
    server: MailServer, clock: time_machine.Traveller
) -> None:
    message = queued()
    slow = claim(message_id=message.pk, now=NOW)
    assert slow is not None
    later = NOW + timedelta(minutes=10)
    quick = claim(message_id=message.pk, now=later)
    assert quick is not None

    letter = Letter(message.payload)
    assert not settle(claim=slow, letter=letter, now=later)
    message.refresh_from_db()
    assert message.state == State.SENDING
    assert settle(claim=quick, letter=letter, now=later)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_one_mail(server: MailServer) -> None:
    message = queued()
    ready = threading.Barrier(8)

    def work() -> None:
        try:
            ready.wait()
            deliver(str(message.pk))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(server.arrived) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.SENT, 1)


def test_a_demonstration_keeps_its_mail_in_a_folder(
    settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "core.mail.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    message = queued("invite")

    deliver(str(message.pk))

    (kept,) = tmp_path.iterdir()
    assert kept.suffix == ".eml"
    text = kept.read_bytes().decode()
    assert f"Message-ID: <{message.pk}@localhost>" in text
    assert "one-use-secret" in text
