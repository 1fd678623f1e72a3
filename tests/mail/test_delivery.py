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
from core.models import OutboxMessage
from notifications.services import due_ids
from notifications.tasks import deliver, deliver_waiting
from tests.cast import NOW, a_user
from tests.mail.office import Act, Office
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

    def at_once(args: tuple[str], expires: float) -> None:
        deliver(*args)

    monkeypatch.setattr(deliver, "apply_async", at_once)


def test_a_message_arrives_as_text_and_html(server: Office) -> None:
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
    assert message.subject == mail["Subject"]
    assert "Your term: Nov 17, 2025 to Nov 16, 2026." in message.text


def test_a_sent_message_is_not_sent_again(server: Office) -> None:
    message = queued()

    for _ in range(3):
        deliver(str(message.pk))

    assert len(server.arrived) == 1


def test_a_message_that_is_gone_is_nothing_to_do(server: Office) -> None:
    deliver(str(uuid4()))

    assert server.arrived == []


def test_a_one_use_link_leaves_the_row_with_the_mail(server: Office) -> None:
    message = queued("invite")

    deliver(str(message.pk))

    assert URL in server.arrived[0].as_string()
    message.refresh_from_db()
    assert "secret" not in str(message.payload)
    assert (message.subject, message.text) == ("", "")


def test_a_reset_link_is_made_anew_for_each_try_and_never_stored(
    server: Office, clock: time_machine.Traveller
) -> None:
    bob = a_user("Bob Baker")
    message = ask_for_reset(email=bob.email, now=NOW)
    server.acts = [Act(says="451 Come back later")]
    deliver(str(message.pk))
    message.refresh_from_db()
    assert (message.state, message.payload) == (State.WAITING, {})

    clock.shift(timedelta(seconds=60))
    deliver(str(message.pk))

    text = server.arrived[0].as_string()
    assert "http://localhost:8000/accounts/reset/" in text
    assert "until Nov 17, 2025, 7:01 p.m. UTC" in text
    message.refresh_from_db()
    assert message.state == State.SENT
    assert "url" not in message.payload


def test_a_reset_nobody_signs_in_for_is_void(server: Office) -> None:
    message = ask_for_reset(email="nobody@mail.example", now=NOW)

    for _ in range(2):
        deliver(str(message.pk))

    message.refresh_from_db()
    assert (message.state, message.sent_at) == (State.VOID, None)
    assert server.arrived == []
    assert due_ids(now=NOW + timedelta(days=1)) == []


@pytest.mark.usefixtures("at_once")
def test_the_sweep_leaves_what_is_not_due(server: Office) -> None:
    queued(now=NOW + timedelta(seconds=1))

    deliver_waiting()

    assert server.arrived == []


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_one_mail(server: Office) -> None:
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
