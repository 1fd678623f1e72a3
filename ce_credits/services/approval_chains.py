"""Whether somebody has their credit of a sponsor's activity from another row (M12).

What is approved in another's place is one activity with it on the days they share: who
was named under the former code, or the later one, has credit once. The same code gives
it once whatever the day, however somebody was named.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from ce_credits.models import ApprovalApplication, FeedRow
from ce_credits.rules import Programme


def credited_by_another(row: FeedRow) -> bool:
    """Say whether another row gave its member this sponsor's activity already.

    Call it in a transaction, for a row with a member, an activity and a day: rows of
    one activity, its former and its later ones wait here for each other until it ends.
    """
    # What was never a sponsor's has none.
    own: ApprovalApplication | None = getattr(row.item, "approval", None)
    if own is None or row.item_id is None or row.on is None:
        return False
    first = _first_of(own)
    held = ApprovalApplication.objects.select_for_update(of=("self",), no_key=True)
    held.get(pk=first.pk)
    days = {each.item_id: set(_days(each)) for each in _followers(first) if each.item}
    fed = FeedRow.objects.of_program(row.program).filter(
        member=row.member, item__in=[*days], activity__isnull=False
    )
    there = fed.exclude(pk=row.pk).values_list("item_id", "on")
    return any(
        item == row.item_id or on in days[row.item_id] or row.on in days[item]
        for item, on in there
    )


def _first_of(application: ApprovalApplication) -> ApprovalApplication:
    found = application
    while found.replaces is not None:
        found = found.replaces
    return found


def _followers(first: ApprovalApplication) -> Sequence[ApprovalApplication]:
    """Give an approval with all that was ever to change it, and to change that."""
    found = [first]
    newest: list[UUID] = [first.pk]
    while newest:
        rows = ApprovalApplication.objects.filter(replaces__in=newest)
        changes = list(rows.select_related("item"))
        found += changes
        newest = [each.pk for each in changes]
    return found


def _days(application: ApprovalApplication) -> Sequence[date]:
    return Programme.of(application.facts).days
