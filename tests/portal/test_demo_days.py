"""The demonstration's days: notices on Nov 17, renewals on Dec 1, all in between."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Member, Practice, Sponsorship
from core import clock
from core.models import OutboxMessage
from credentials.models import SeatPool, Window
from notifications.tasks import deliver
from renewals.models import RenewalAttempt
from tests.kept import Kept
from tests.matrix import demo_urls
from tests.portal.reading import Page

pytestmark = pytest.mark.db


@pytest.fixture
def dana(settings: Settings, tmp_path: Path, kept_story: Kept[str], db: None) -> Client:
    """The story, told, and Dana's browser."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "core.mail.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.ROOT_URLCONF = demo_urls.__name__
    kept_story.put_back()
    client = Client()
    client.post("/demo/enter/", {"email": "dana@demo.example"})
    return client


def line(client: Client, name: str) -> tuple[str, str]:
    """Somebody's date on the assignments page."""
    page = Page.of(client.get("/p/harbor-family-medicine/assignments/"))
    (found,) = (each for each in page.lines if each.name == name)
    return found.date


def advance(client: Client, to: str) -> None:
    """Move on."""
    assert client.post("/demo/advance/", {"to": to}).status_code == 302


def renewals_left() -> int:
    """How many renewals Harbor can still assign."""
    pools = SeatPool.objects.filter(practice__slug="harbor-family-medicine")
    return pools.get(product__code="renewals").available


def deliver_all() -> None:
    """Send whatever waits."""
    for message in OutboxMessage.objects.filter(state="waiting"):
        deliver(str(message.pk))


def items_of(message: OutboxMessage) -> list[str]:
    """The lines of a message that was sent."""
    return re.findall(r"^- (.*)$", message.text, re.MULTILINE)


def test_the_days_notices_are_what_nov_17_asks_for(dana: Client) -> None:
    deliver_all()
    digest = OutboxMessage.objects.get(
        kind="renewal_due_administrator", recipient="dana@demo.example"
    )
    assert digest.state == "sent"
    assert digest.subject == "[Harbor Family Medicine] 2 renewals due Dec 1, 2025"
    assert [item.split(":")[0] for item in items_of(digest)] == [
        "Grace Lindqvist",
        "Maya Okafor",
    ]
    assert (
        "You have 6 renewals to assign. Auto-renewal uses 1 of them by Dec 1, 2025."
    ) in digest.text


def test_the_mailbox_shows_a_notice_and_hands_out_its_day(dana: Client) -> None:
    deliver_all()
    box = Page.of(dana.get("/demo/mailbox/"))
    subject = "[Harbor Family Medicine] 2 renewals due Dec 1, 2025"
    page = Page.of(dana.get(box.links[subject]))
    assert "Maya Okafor: Dec 1, 2025, in 14 days, $85.00." in page.text
    answer = dana.get(page.links["2025-12-01.ics"])
    assert answer.headers["Content-Type"] == "text/calendar"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="2025-12-01.ics"'
    )
    content = answer.getvalue()
    assert content.startswith(b"BEGIN:VCALENDAR")
    assert b"SUMMARY:2 renewals due: Harbor Family Medicine" in content
    beyond = page.links["2025-12-01.ics"].replace("/0/", "/1/")
    assert dana.get(beyond).status_code == 404


def test_on_dec_1_who_renews_automatically_is_renewed_and_who_does_not_turns_red(
    dana: Client,
) -> None:
    advance(dana, "dec1")
    assert clock.pinned() == date(2025, 12, 1)
    assert line(dana, "Maya Okafor") == ("plain", "Dec 1, 2026")
    assert line(dana, "Grace Lindqvist") == ("now", "Renew now Dec 1, 2025")
    assert renewals_left() == 5
    deliver_all()
    (digest,) = OutboxMessage.objects.filter(kind="auto_renewal_administrator")
    assert digest.recipient == "dana@demo.example"
    (item,) = items_of(digest)
    assert item == (
        "Maya Okafor: renewed, next renewal date Dec 1, 2026. "
        "Certificate held: 1.5 of 3.0 CME."
    )


def test_whoever_is_switched_to_manual_turns_red(dana: Client) -> None:
    maya = Member.objects.get(last_name="Okafor")
    dana.post(
        f"/p/harbor-family-medicine/members/{maya.pk}/renewal-mode/",
        {"mode": "manual"},
    )
    advance(dana, "dec1")
    assert line(dana, "Maya Okafor") == ("now", "Renew now Dec 1, 2025")
    assert renewals_left() == 6


def test_each_day_in_between_is_lived_through(dana: Client) -> None:
    advance(dana, "jul1")
    harbor = Practice.objects.get(slug="harbor-family-medicine")
    tried = RenewalAttempt.objects.filter(practice=harbor).order_by("on", "at")
    # The six there were went to those whose dates came first, on their dates.
    done = tried.filter(outcome="renewed")
    assert [each.on for each in done] == [each.window.renewal_on for each in done]
    assert done.count() == 6
    auto = Sponsorship.objects.filter(practice=harbor, renewal_mode="auto")
    due = Window.objects.filter(
        sponsorship__in=auto, last_on__range=(date(2025, 11, 16), date(2026, 6, 30))
    )
    assert tried.count() == due.count()
    assert renewals_left() == 0
    # Two weeks before each date somebody was told, once; by now most is past.
    notices = OutboxMessage.objects.filter(kind="renewal_due")
    assert notices.count() == notices.values("subject_id").distinct().count()
    deliver_all()
    for notice in notices.filter(state="sent"):
        assert re.search(r", in \d+ days\.", notice.text)


def test_a_day_further_says_it_once(dana: Client) -> None:
    for _ in range(3):
        advance(dana, "day")
    assert OutboxMessage.objects.filter(kind="renewal_due").count() == 3
    assert OutboxMessage.objects.filter(kind="renewal_due_administrator").count() == 2
