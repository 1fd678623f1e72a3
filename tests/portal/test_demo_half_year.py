"""Half a year of the demonstration's days, each with what it brings (decision 0037)."""

import re
from datetime import date

from django.test import Client

from accounts.models import Practice, Sponsorship
from core import clock
from core.models import OutboxMessage
from credentials.models import Window
from renewals.models import RenewalAttempt
from tests.portal.harbor import dana, deliver_all, renewals_left
from tests.portal.reading import Page

__all__ = ["dana"]


def test_each_day_in_between_is_lived_through(dana: Client) -> None:
    answer = dana.post("/demo/advance/", {"to": "jul1"}, follow=True)
    assert Page.of(answer).notices == ["It is now Jul 1, 2026."]
    strip = Page.of(answer).one("aside", "gs-demo")
    assert (clock.pinned(), "Jul 1, 2026" in strip.text) == (date(2026, 7, 1), True)
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
