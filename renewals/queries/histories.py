"""A member's cycles, read from the rows as the rules want them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import cast
from uuid import UUID

from django.db.models import Q

from credentials.models import Certification, SocietyMembership
from credentials.policy import Policy, policy_for
from renewals.models import MovedDeadline, Recertification
from renewals.rules.cycles import (
    Application,
    ApplicationKind,
    Earned,
    Facts,
    History,
    Moved,
    history,
    known,
)

State = Recertification.State


def facts_of(member_id: UUID, program: str) -> Facts:
    """Read what is known of one member under a body of cycles."""
    return facts_by_member([member_id], program)[member_id]


def facts_by_member(member_ids: Iterable[UUID], program: str) -> dict[UUID, Facts]:
    """Read the facts of many members in a constant number of statements."""
    ids = list(member_ids)
    earned: defaultdict[UUID, list[Earned]] = defaultdict(list)
    rows = Certification.objects.filter(member__in=ids, program=program)
    for row in rows.order_by("earned_on", "recorded_at"):
        earned[row.member_id].append(Earned(row.code, row.earned_on))
    taken: defaultdict[UUID, list[Application]] = defaultdict(list)
    for each in _taken(ids, program):
        taken[each.member_id].append(_application(each))
    moved: defaultdict[UUID, list[Moved]] = defaultdict(list)
    for given in MovedDeadline.objects.given().filter(member__in=ids, program=program):
        fact = Moved(given.decreed_on, given.cycle_last_on, given.until_on)
        moved[given.member_id].append(fact)
    return {
        each: Facts(tuple(earned[each]), tuple(taken[each]), tuple(moved[each]))
        for each in ids
    }


def history_of(facts: Facts, program: str, *, as_of: date) -> History:
    """Compute a member's cycles from what was known at the end of a day."""
    return history(partial(_policy, program), known(facts, as_of))


def in_society(member_id: UUID, program: str, on: date) -> bool:
    """Say whether a member's society membership is active on a day (N6)."""
    mine = SocietyMembership.objects.filter(member=member_id, program=program)
    return mine.active(on).exists()


def _taken(ids: list[UUID], program: str) -> Iterable[Recertification]:
    """Find what was taken: a request once submitted, all else once paid."""
    taken = Q(kind=Recertification.Kind.EXTENSION) | Q(paid_on__isnull=False)
    found = Recertification.objects.filter(taken, member__in=ids, program=program)
    return found.sent().order_by("submitted_on", "created_at")


def _application(row: Recertification) -> Application:
    """Read a row as a fact; what was withdrawn ends as what is refused."""
    assert row.submitted_on is not None
    kind = cast("ApplicationKind", row.kind)
    if row.state == State.OPEN:
        return Application(kind, row.submitted_on)
    if row.state == State.APPROVED:
        return Application(kind, row.submitted_on, "approved", row.decided_on)
    return Application(kind, row.submitted_on, "refused", row.decided_on)


def _policy(program: str, on: date) -> Policy:
    return policy_for(program, on=on)
