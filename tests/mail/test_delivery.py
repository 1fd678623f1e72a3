"""Delivering the outbox over a real mail server: each message once, none lost."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from accounts.services import ask_for_reset
from core.letters import Letter
from core.models import OutboxMessage
from notifications import tasks
from notifications.services import Claim, due_ids, send
from notifications.tasks import deliver
from tests.cast import NOW, a_user
from tests.mail.office import Act, Office
from tests.mail.payloads import URL
from tests.mail.queue import queued
from tests.race.hands import at_once

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


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


def test_what_is_not_due_is_left(server: Office) -> None:
    message = queued(now=NOW + timedelta(seconds=1))

    deliver(str(message.pk))

    assert server.arrived == []
    assert due_ids(now=NOW) == []


def at_one_moment(message: OutboxMessage) -> None:
    """Have a message delivered by eight workers at once."""
    at_once([partial(deliver, str(message.pk))] * 8)
    message.refresh_from_db()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_one_mail(server: Office) -> None:
    message = queued()
    at_one_moment(message)

    assert len(server.arrived) == 1
    assert (message.state, message.attempts) == (State.SENT, 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_claim_they_send_several(
    server: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, gate = queued(), threading.Barrier(8, timeout=30)

    def read_then_write(*, message_id: UUID, now: datetime) -> Claim | None:
        found = OutboxMessage.objects.get(pk=message_id)
        gate.wait()
        if found.state != State.WAITING:
            return None
        found.state, found.leased_until = State.SENDING, now + timedelta(minutes=1)
        found.save()
        return Claim(found, since=now, lease=found.leased_until)

    def send_together(
        *,
        claim: Claim,
        letter: Letter,
        waiting: Callable[[], None],
        handing_over: Callable[[EmailMultiAlternatives], None],
    ) -> None:
        def hand_over(mail: EmailMultiAlternatives) -> None:
            handing_over(mail)
            # The first to settle would keep the others from handing over.
            gate.wait()

        send(claim=claim, letter=letter, waiting=waiting, handing_over=hand_over)

    monkeypatch.setattr(tasks, "claim", read_then_write)
    monkeypatch.setattr(tasks, "send", send_together)
    at_one_moment(message)

    assert len(server.arrived) == 8


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
