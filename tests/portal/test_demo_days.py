"""The demonstration's days: notices on Nov 17, renewals on Dec 1."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import Member
from core import clock
from core.models import OutboxMessage
from tests.portal.harbor import (
    advance,
    dana,
    deliver_all,
    items_of,
    line,
    renewals_left,
)
from tests.portal.reading import Page

__all__ = ["dana"]
pytestmark = pytest.mark.db


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


def test_a_day_further_says_it_once(dana: Client) -> None:
    for _ in range(3):
        advance(dana, "day")
    assert OutboxMessage.objects.filter(kind="renewal_due").count() == 3
    assert OutboxMessage.objects.filter(kind="renewal_due_administrator").count() == 2
