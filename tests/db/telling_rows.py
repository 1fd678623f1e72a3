"""Rows of what people are told to break guards with, and how to break them."""

from typing import Any
from uuid import uuid4

from accounts.models import Practice, User
from notifications.models import CalendarFeed, Notice, Subscription, WeeklySummary
from tests.cast import NOW, TODAY
from tests.db.breaking import Changes


def rows_of_telling(practice: Practice, administrator: User, holder: User) -> None:
    """Let both have been told something, and have asked for all there is."""
    for user in (administrator, holder):
        Subscription.objects.create(
            user=user, kind="weekly", on=True, from_on=TODAY, changed_at=NOW
        )
        WeeklySummary.objects.create(user=user, week_on=TODAY, at=NOW)
        CalendarFeed.objects.create(user=user, secret_hash=uuid4().hex, created_at=NOW)
        own = user == holder
        Notice.objects.create(
            message_id=uuid4(),
            user=user,
            practice=None if own else practice,
            place="own" if own else "practice",
            klass="notice",
            kind="k",
            title="Told",
            path="/me/" if own else f"/p/{practice.slug}/",
            created_at=NOW,
        )


BREACHES: dict[str, tuple[type[Any], Changes]] = {
    "notice_leads_home": (Notice, lambda row: _new(path="https://elsewhere.example")),
    "notice_names_its_body": (Notice, lambda row: _new(place="staff", program="")),
    "notice_names_its_practice": (
        Notice,
        lambda row: _new(place="practice", practice_id=None),
    ),
    "one_preference_a_kind": (Subscription, lambda row: {}),
    "one_summary_a_week": (WeeklySummary, lambda row: {}),
}


def _new(**changes: object) -> dict[str, Any]:
    return {"message_id": uuid4(), **changes}
