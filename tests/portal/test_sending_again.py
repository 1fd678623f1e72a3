"""A manager has a message sent again: once a click, with a line in the trail."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from core.failures import Refusal, Stale
from core.models import AuditEntry, OutboxMessage
from notifications.queries import seen_of
from notifications.services import send_again
from notifications.tasks import deliver
from tests.cast import NOW, TESTER, Cast
from tests.mail.conftest import nobody_was_away, server
from tests.mail.office import Office
from tests.mail.queue import queued
from tests.portal.letters import a_message, letter_at
from tests.portal.pressing import followed
from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

__all__ = ["nobody_was_away", "server"]
pytestmark = pytest.mark.db
State = OutboxMessage.State


def press(client: Client, message: OutboxMessage) -> "Answer":
    """Open a message's page and press Send again."""
    address = letter_at(message, "again/")
    page = Page.of(client.get(letter_at(message)))
    return client.post(address, page.form_at(address))


def entries(message: OutboxMessage) -> list[AuditEntry]:
    """What the trail says of a message."""
    return list(AuditEntry.objects.filter(subject_id=message.pk))


@pytest.mark.parametrize("state", ["sent", "unconfirmed", "dead"])
def test_it_waits_again_with_as_many_tries_as_a_new_one(
    mona: Client, state: str
) -> None:
    message = a_message(state, attempts=720, unanswered=2, last_error="451 Full")

    page = followed(mona, press(mona, message))

    assert page.notices == [
        "The message to bob@mail.example will be sent again in a moment."
    ]
    message.refresh_from_db()
    assert (message.state, message.attempts, message.unanswered) == ("waiting", 0, 0)
    assert (message.last_error, message.handed_at) == ("", None)
    (entry,) = entries(message)
    assert entry.action == "mail.sent_again"
    assert entry.actor == "Mona Moss"
    assert entry.program == "acmss"
    assert entry.sentence == (
        "Had “[Northside] Your membership is renewed” sent to bob@mail.example again"
    )
    assert entry.changes == {"state": [state, "waiting"]}
    assert "Mona Moss" in page.text


@pytest.mark.parametrize("state", ["waiting", "sending", "void"])
def test_what_has_not_ended_is_not_offered(mona: Client, state: str) -> None:
    message = a_message(state)
    page = Page.of(mona.get(letter_at(message)))
    assert not page.all("form", action=letter_at(message, "again/"))

    sent = {"seen": seen_of(message)}
    page = followed(mona, mona.post(letter_at(message, "again/"), sent))
    assert page.notices == ["This message has not been sent yet."]
    message.refresh_from_db()
    assert (message.state, entries(message)) == (state, [])


def test_pressed_twice_it_is_sent_once(mona: Client) -> None:
    message = a_message("dead")
    address = letter_at(message, "again/")
    typed = Page.of(mona.get(letter_at(message))).form_at(address)
    followed(mona, mona.post(address, typed))
    OutboxMessage.objects.update(state="sent", attempts=1)

    page = followed(mona, mona.post(address, typed))

    assert page.notices[0].startswith("This message changed since you opened")
    message.refresh_from_db()
    assert message.state == "sent"
    assert len(entries(message)) == 1


def test_an_old_page_sends_no_third_copy(mona: Client) -> None:
    message = a_message("sent")
    address = letter_at(message, "again/")
    typed = Page.of(mona.get(letter_at(message))).form_at(address)
    followed(mona, mona.post(address, typed))
    # Meanwhile it left: it looks as it did when the page was opened.
    OutboxMessage.objects.update(state="sent", attempts=1)

    page = followed(mona, mona.post(address, typed))

    assert page.notices[0].startswith("This message changed since you opened")
    assert len(entries(message)) == 1


@pytest.mark.parametrize("seen", ["", "x", "1.sent.9", "2.sent.1", "1.sent.1\0"])
def test_who_did_not_look_changes_nothing(mona: Client, seen: str) -> None:
    message = a_message("dead")
    followed(mona, mona.post(letter_at(message, "again/"), {"seen": seen}))
    message.refresh_from_db()
    assert (message.state, entries(message)) == ("dead", [])


@pytest.mark.parametrize(("name", "status"), [("erin", 403), ("rita", 404)])
def test_nobody_but_a_manager_has_it_sent(
    signed_in: Callable[[str], Client], today: object, name: str, status: int
) -> None:
    message = a_message("dead")
    client = signed_in(name)
    sent = {"seen": seen_of(message)}
    answer = client.post(letter_at(message, "again/"), sent)
    assert answer.status_code == status
    message.refresh_from_db()
    assert message.state == "dead"


def test_a_reviewer_hears_who_can(erin: Client) -> None:
    page = Page.of(erin.get(letter_at(a_message("dead"))))
    assert "A manager can have it sent again." in page.text
    assert not page.all("button", **{"data-gs-busy": "Sending…"})


@pytest.mark.parametrize("kind", ["invite", "reset"])
def test_a_link_that_works_once_is_not_sent_again(kind: str, cast: Cast) -> None:
    message = a_message("dead", kind=kind)
    with pytest.raises(Refusal, match="asks for a new link"):
        send_again(actor=TESTER, message=message, seen=seen_of(message), now=NOW)


def test_of_two_at_once_one_has_it_sent(cast: Cast) -> None:
    message = a_message("dead")
    both = [OutboxMessage.objects.get(pk=message.pk) for _ in range(2)]
    send_again(actor=TESTER, message=both[0], seen=seen_of(message), now=NOW)
    with pytest.raises(Stale):
        send_again(actor=TESTER, message=both[1], seen=seen_of(message), now=NOW)
    assert len(entries(message)) == 1


@pytest.mark.parametrize(
    ("state", "copy"), [("sent", ".2"), ("unconfirmed", ""), ("dead", "")]
)
def test_only_who_has_it_gets_a_copy_of_another_name(
    server: Office, mona: Client, state: str, copy: str
) -> None:
    message = queued(program="acmss")
    OutboxMessage.objects.filter(pk=message.pk).update(state=state, attempts=1)
    followed(mona, press(mona, message))

    deliver(str(message.pk))

    assert server.ids == [f"<{message.pk}{copy}@localhost>"]
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.SENT, 1)


def test_nothing_is_sent_for_a_message_there_is_none_of(mona: Client) -> None:
    address = f"/staff/acmss/mail/{uuid4()}/again/"
    assert mona.post(address, {"seen": "1.dead.1"}).status_code == 404
