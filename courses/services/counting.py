"""Of several claims of one thing by one person the first that stands counts (M1)."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from ce_credits.events import ActivitiesDeciding, ActivityDecided
from ce_credits.models import Activity
from ce_credits.services import count_once
from courses.queries.claims import ONCE_RULE, claims_beside
from courses.queries.live_claims import live_claims_beside


def on_activities_deciding(event: ActivitiesDeciding) -> None:
    """Lock the other claims too, in one order: a decision on one moves the others.

    So of two who decide on two claims at once, one waits before anything is written.
    """
    beside = {each.pk for same in _claimed_twice(event.activity_ids) for each in same}
    if beside:
        _lock(beside | set(event.activity_ids))


def on_activity_decided(event: ActivityDecided) -> None:
    """Let the next claim count where staff refused the one that did, and back."""
    for same in _claimed_twice([event.activity_id]):
        count_once(
            actor=event.actor,
            same=same,
            rule=ONCE_RULE,
            today=event.today,
            now=event.now,
        )


def _claimed_twice(activity_ids: Collection[UUID]) -> list[Sequence[Activity]]:
    """Group what one person claimed twice, of a course or of a live activity."""
    courses = [
        [claim.activity for claim in same if claim.activity]
        for same in claims_beside(activity_ids)
    ]
    return [*courses, *live_claims_beside(activity_ids)]


def _lock(activity_ids: Iterable[UUID]) -> None:
    rows = Activity.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk__in=activity_ids).order_by("pk"))
