"""The weekly summary as a mail server gets it."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from notifications.models import Notice, Subscription
from notifications.services import queue_summaries
from tests.cast import BODY, NOW, TODAY, Cast
from tests.mail.conftest import nobody_was_away, server
from tests.mail.office import Office
from tests.telling.test_weekly import NEXT, asks
from tests.telling.told import a_letter, deliver_all

__all__ = ["nobody_was_away", "server"]
pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]


def test_it_arrives_with_the_headers_of_one_click(cast: Cast, server: Office) -> None:
    asks(cast.alice)
    queue_summaries(program=BODY, today=TODAY, now=NOW)
    deliver_all()

    (mail,) = server.arrived
    assert mail["To"] == cast.alice.email
    assert mail["Subject"] == "[Goodstanding] Your week from Nov 17, 2025"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    # Long headers are folded.
    link = str(mail["List-Unsubscribe"]).strip()
    assert link.startswith("<http://localhost:8000/unsubscribe/")
    text, html = (part.get_content() for part in mail.iter_parts())
    for said in (link.strip("<>"), "/settings/notifications/", "Bob Baker"):
        assert said in text
        assert said in html
    assert "\r\n- Bob Baker: renewal date Nov 3, 2025\r\n" in text
    notice = Notice.objects.get(user=cast.alice)
    assert (notice.klass, notice.place, notice.path) == ("news", "person", "/home/")

    program = Client(enforce_csrf_checks=True)
    path = urlsplit(link.strip("<>")).path
    sent = {"List-Unsubscribe": "One-Click"}
    assert program.post(path, sent).status_code == 200
    assert not Subscription.objects.get(user=cast.alice).on
    queue_summaries(program=BODY, today=NEXT, now=NOW)
    deliver_all()
    assert len(server.arrived) == 1


def test_no_other_letter_has_such_headers(cast: Cast, server: Office) -> None:
    a_letter("renewed", cast.bob.email, cast.northside)
    deliver_all()
    (mail,) = server.arrived
    assert mail["List-Unsubscribe"] is None
