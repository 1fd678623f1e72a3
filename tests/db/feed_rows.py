"""Rows of feeds to break guards with, and how to break them."""

from datetime import date
from uuid import uuid4

from django.db import models

from accounts.models import Member, User
from ce_credits.models import (
    Activity,
    CatalogueItem,
    FeedDelivery,
    FeedRow,
    MissingCredit,
)
from tests.cast import BODY, NOW, TODAY, a_body_token
from tests.db.breaking import Changes, another, first


def rows_of_feeds(member: Member) -> None:
    """Let a learning system send what waits for staff."""
    delivery = FeedDelivery.objects.create(
        program=BODY, source="The academy", count=1, by="tests", at=NOW
    )
    a_body_token(BODY, first(User))
    MissingCredit.objects.create(
        program=BODY,
        member=member,
        item=CatalogueItem.objects.create(
            program=BODY,
            code=uuid4().hex,
            title="Missed",
            kind="webinar",
            changed_at=NOW,
        ),
        on=TODAY,
        due_on=TODAY,
        asked_at=NOW,
        state=MissingCredit.State.OPEN,
    )
    FeedRow.objects.create(
        delivery=delivery,
        program=BODY,
        key=uuid4().hex,
        received_at=NOW,
        state=FeedRow.State.UNMATCHED,
        reason="bad_minutes",
        words="Send whole minutes above 0.",
        member=member,
    )


def _taken_again(row: FeedRow) -> dict[str, object]:
    """Copy a row as one that is taken a second time under another key."""
    activity = Activity.objects.filter(member=row.member_id)[0]
    taken = {"state": "taken", "item_id": first(CatalogueItem).pk, "on": TODAY}
    another(row, **taken, key=uuid4().hex, activity_id=activity.pk)
    return taken | {"key": uuid4().hex, "activity_id": another(activity).pk}


BREACHES: dict[str, tuple[type[models.Model], Changes]] = {
    "fed_once": (FeedRow, lambda row: {}),
    "fed_once_a_day": (FeedRow, _taken_again),
    "fed_with_its_activity": (
        FeedRow,
        lambda row: {"key": uuid4().hex, "state": "taken"},
    ),
    "missed_once": (MissingCredit, lambda row: {}),
    "missed_answered_whole": (
        MissingCredit,
        lambda row: {"on": date(2025, 1, 2), "state": "found"},
    ),
    "fed_says_why_not": (FeedRow, lambda row: {"key": uuid4().hex, "words": ""}),
}
