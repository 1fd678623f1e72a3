"""What was claimed of live activities, where one person made several claims (M1)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from ce_credits.models import Activity
from courses.models import LiveClaim


def live_claims_of(members: Sequence[UUID], program: str) -> Sequence[LiveClaim]:
    """List what brought credit, each by its instant; the activity says whose it is."""
    rows = LiveClaim.objects.filter(activity__member__in=members)
    rows = rows.filter(registration__program=program).order_by("at", "pk")
    return list(rows.select_related("registration__live", "activity__member"))


def live_claims_by_activity(
    members: Sequence[UUID], program: str
) -> Sequence[Sequence[Activity]]:
    """Group claims by whose they are and of which live activity, as they count."""
    found: dict[tuple[UUID, UUID], list[Activity]] = defaultdict(list)
    for claim in live_claims_of(members, program):
        assert claim.activity
        of = claim.activity.member_id, claim.registration.live_id
        found[of].append(claim.activity)
    return list(found.values())


def live_claims_beside(
    activity_ids: Collection[UUID],
) -> Sequence[Sequence[Activity]]:
    """Group what was claimed twice of the live activity that one of these came of."""
    named = LiveClaim.objects.filter(activity__in=activity_ids)
    mine = named.values_list("activity__member", "registration__program")
    wanted = set(activity_ids)
    found: list[Sequence[Activity]] = []
    for member_id, program in set(mine.order_by()):
        found += [
            same
            for same in live_claims_by_activity([member_id], program)
            if len(same) > 1 and wanted & {each.pk for each in same}
        ]
    return found
