"""Rows of feeds to break guards with, and how to break them."""

from uuid import uuid4

from django.db import models

from accounts.models import Member
from ce_credits.models import Activity, CatalogueItem, FeedDelivery, FeedRow
from tests.cast import BODY, NOW, TODAY
from tests.db.breaking import Changes, another, first


def rows_of_feeds(member: Member) -> None:
    """Let a learning system send what waits for staff."""
    delivery = FeedDelivery.objects.create(
        program=BODY, source="The academy", count=1, by="tests", at=NOW
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
    "fed_says_why_not": (FeedRow, lambda row: {"key": uuid4().hex, "words": ""}),
}
