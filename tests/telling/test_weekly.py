"""The weekly summary: for who asked for it, once a week, of what is true then."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import Sponsorship, User
from core.letters import Letter, Moment, compose
from core.models import OutboxMessage
from credentials.models import Window
from notifications.models import Subscription, WeeklySummary
from notifications.services import queue_summaries
from notifications.services.weekly import monday_of
from portal import tasks
from tests.cast import BODY, NOW, TODAY, Cast, a_member, a_user, an_administrator, given
from tests.portal.reading import Page
from tests.race.hands import at_once
from tests.telling.told import a_notice, of_practice

pytestmark = pytest.mark.db
# A Monday, and so are these.
NEXT = TODAY + timedelta(days=7)


def asks(user: User, on: date = TODAY - timedelta(days=3)) -> Subscription:
    """Have somebody ask for it on a day."""
    return Subscription.objects.create(
        user=user, kind="weekly", on=True, from_on=on, changed_at=NOW
    )


def queued(today: date = TODAY, program: str = BODY) -> list[str]:
    """Queue a day's summaries; tell to whom."""
    before = set(OutboxMessage.objects.values_list("pk", flat=True))
    queue_summaries(program=program, today=today, now=NOW)
    found = OutboxMessage.objects.filter(kind="weekly_summary").exclude(pk__in=before)
    return sorted(each.recipient for each in found)


def letter_to(user: User, today: date = TODAY) -> Letter | None:
    """Put somebody's newest summary together on a day."""
    message = OutboxMessage.objects.filter(
        kind="weekly_summary", recipient=user.email
    ).latest("created_at")
    return compose(message=message, moment=Moment(NOW, lambda zone: today))


def sections_of(letter: Letter | None) -> Mapping[str, list[str]]:
    """What a summary says, by heading."""
    assert letter is not None
    found: list[dict[str, Any]] = letter.payload["sections"]
    return {each["title"]: list(each["items"]) for each in found}


def test_today_is_a_monday() -> None:
    assert monday_of(TODAY) == TODAY
    assert monday_of(TODAY + timedelta(days=6)) == TODAY


def test_only_who_asked_for_it_is_told(cast: Cast) -> None:
    asks(cast.user("bob"))
    Subscription.objects.create(
        user=cast.alice,
        kind="weekly",
        on=False,
        from_on=date(2025, 1, 1),
        changed_at=NOW,
    )
    assert queued() == [cast.user("bob").email]


def test_nobody_is_told_twice_in_a_week(cast: Cast) -> None:
    asks(cast.user("bob"))
    assert len(queued()) == 1
    for days in range(7):
        assert queued(TODAY + timedelta(days=days)) == []
    assert len(queued(NEXT)) == 1
    User.objects.filter(pk=cast.user("bob").pk).update(email="bob@new.example")
    assert queued(NEXT) == []


def test_a_week_nobody_saw_to_on_its_monday_is_made_up_for(cast: Cast) -> None:
    asks(cast.user("bob"))
    assert len(queued(TODAY + timedelta(days=2))) == 1


def test_who_asks_within_the_week_gets_the_next_one(cast: Cast) -> None:
    asks(cast.user("bob"), on=TODAY)
    assert queued() == queued(TODAY + timedelta(days=4)) == []
    assert len(queued(NEXT)) == 1


def test_who_has_nothing_of_the_body_is_another_s(cast: Cast) -> None:
    asks(cast.sam)
    asks(cast.rita)
    assert queued() == []
    assert queued(program="another") == []


def test_who_has_left_and_whose_only_term_was_undone_is_not_told(cast: Cast) -> None:
    bob = cast.user("bob")
    asks(bob)
    Sponsorship.objects.filter(member=cast.bob).update(until_on=TODAY)
    assert queued() == [bob.email]
    Window.objects.filter(member=cast.bob).update(undone_at=NOW)
    assert queued(NEXT) == []


def test_who_can_t_sign_in_any_more_is_not_told(cast: Cast) -> None:
    asks(cast.user("bob"))
    User.objects.filter(pk=cast.user("bob").pk).update(is_active=False)
    assert queued() == []


def test_a_holder_reads_what_is_due_and_what_is_missing(cast: Cast) -> None:
    bob = cast.user("bob")
    asks(bob)
    queued()
    (said,) = sections_of(letter_to(bob)).values()
    assert said == ["Your membership has needed renewal since Nov 3, 2025."]
    given(cast.renewals, cast.northside, cast.bob)
    (said,) = sections_of(letter_to(bob)).values()
    assert said == ["You have 0.0 of 3.0 CME. 3.0 more by Nov 16, 2026."]
    (said,) = sections_of(letter_to(bob, date(2026, 10, 5))).values()
    assert said[1:] == ["Your renewal date is Nov 17, 2026."]


def test_an_administrator_reads_who_needs_them_and_what_is_left(cast: Cast) -> None:
    asks(cast.alice)
    queued()
    assert sections_of(letter_to(cast.alice)) == {
        "Northside": [
            "ACMSS: 1 person needs you: 1 to renew now.",
            "Bob Baker: renewal date Nov 3, 2025",
            "0 renewals left to assign",
        ]
    }


def test_one_letter_joins_all_practices_and_names_no_lost_one(cast: Cast) -> None:
    asks(cast.frank)
    cast.northside.administrations.create(user=cast.frank, from_at=NOW)
    queued()
    of_practice(cast.frank, cast.northside, "[Northside] Told")
    found = sections_of(letter_to(cast.frank))
    assert set(found) == {"Northside", "Lakeview", "New in the last 7 days"}
    cast.northside.administrations.filter(user=cast.frank).update(until_at=NOW)
    found = sections_of(letter_to(cast.frank))
    assert set(found) == {"Lakeview"}
    assert "Bob" not in str(found)


def test_what_is_new_is_named_and_what_is_unread_counted(cast: Cast) -> None:
    asks(cast.alice)
    given(cast.renewals, cast.northside, cast.bob)
    queued()
    assert letter_to(cast.alice) is None
    old = NOW - timedelta(days=8)
    a_notice(cast.alice, "[Northside] Old", created_at=old, read_at=old)
    for number in range(7):
        at = NOW - timedelta(hours=number)
        a_notice(cast.alice, f"[Northside] {number}", created_at=at)
    a_notice(cast.alice, "[Goodstanding] Your week", kind="weekly_summary")
    assert sections_of(letter_to(cast.alice)) == {
        "New in the last 7 days": [
            *(f"[Northside] {number}" for number in range(5)),
            "and 2 more",
            "7 of your notifications are unread",
        ]
    }


def test_a_week_with_nothing_to_say_has_no_mail(cast: Cast) -> None:
    una = a_user("Una Unknown")
    a_member("Una Unknown", cast.northside, user=una)
    asks(una)
    assert queued() == [una.email]
    assert letter_to(una) is None


def test_who_ended_it_meanwhile_gets_none_that_waits(cast: Cast) -> None:
    bob = cast.user("bob")
    held = asks(bob)
    queued()
    Subscription.objects.filter(pk=held.pk).update(on=False)
    assert letter_to(bob) is None
    Subscription.objects.filter(pk=held.pk).update(on=True)
    assert letter_to(bob) is not None
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert letter_to(bob) is None


def test_the_letter_says_how_it_is_ended(cast: Cast) -> None:
    bob = cast.user("bob")
    asks(bob)
    queued()
    letter = letter_to(bob)
    assert letter is not None
    stop = letter.payload["stop_url"]
    assert letter.headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    path = str(stop).removeprefix("http://localhost:8000")
    assert Page.of(Client().get(path)).one("h1").text == "Stop the weekly summary?"


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        # 5:30 and 6:30 in Los Angeles.
        (datetime.fromisoformat("2025-11-17T13:30:00+00:00"), 0),
        (datetime.fromisoformat("2025-11-17T14:30:00+00:00"), 1),
        # Monday has not come there yet, though it has in London.
        (datetime.fromisoformat("2025-11-24T03:00:00+00:00"), 1),
        (datetime.fromisoformat("2025-11-18T03:00:00+00:00"), 1),
    ],
)
def test_it_leaves_in_the_morning_of_the_body_s_monday(
    cast: Cast, at: datetime, sent: int
) -> None:
    asks(cast.user("bob"))
    with time_machine.travel(at, tick=False):
        for _ in range(2):
            tasks.weekly()
    assert WeeklySummary.objects.count() == sent
    assert set(WeeklySummary.objects.values_list("week_on", flat=True)) <= {TODAY}


def test_a_batch_after_the_other_reaches_everybody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.services.weekly.BATCH", 2)
    for number in range(5):
        asks(an_administrator(f"Ad{number} Min", cast.northside, named=False))
    counts = [queue_summaries(program=BODY, today=TODAY, now=NOW) for _ in range(4)]
    assert counts == [2, 2, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_queue_it_once(cast: Cast) -> None:
    asks(cast.user("bob"))
    at_once([lambda: queue_summaries(program=BODY, today=TODAY, now=NOW)] * 4)
    assert WeeklySummary.objects.count() == 1
    assert OutboxMessage.objects.filter(kind="weekly_summary").count() == 1
