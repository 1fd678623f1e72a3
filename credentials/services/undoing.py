"""Taking an assignment back while nobody has used it: the seat is there again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts.models import Practice
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, Missing, NotEligible, NotUsable
from credentials.models import Assignment, SeatEntry, SeatPool
from credentials.queries import why_not_undone

NOBODY = "Select at least one person to undo it for."


@transaction.atomic
def undo(
    *,
    actor: Actor,
    practice: Practice,
    assignment_ids: Iterable[UUID],
    now: datetime,
) -> Sequence[Assignment]:
    """Take assignments back, all of them or none; each gives its seat back, once.

    What is undone already stays so: asked again, nothing more happens.

    Args:
        assignment_ids: the practice's own.
        now: the real instant; the day to undo in counts from the press of Assign.

    Returns:
        What was undone by this call.

    Raises:
        NotUsable: nothing was named.
        Missing: one of them is not the practice's.
        NotEligible: one was used, is too old, or has begun a term.
    """
    wanted = set(assignment_ids)
    if not wanted:
        raise NotUsable(NOBODY, [FieldProblem("assignment", NOBODY, "empty")])
    found = list(
        Assignment.objects.of(practice)
        .filter(pk__in=wanted)
        .select_for_update(of=("self",))
        .select_related("product", "member")
        .order_by("pk")
    )
    if len(found) < len(wanted):
        raise Missing("Not found.")
    rest = [row for row in found if row.state != Assignment.State.UNDONE]
    for row in rest:
        reason = why_not_undone(row, now)
        if reason:
            raise NotEligible(f"{reason} Nothing was undone.")
    pools = _held_pools(practice, rest)
    for row in rest:
        _give_back(actor, row, pools[row.product_id], now)
    return rest


def _held_pools(
    practice: Practice, given: Iterable[Assignment]
) -> Mapping[UUID, SeatPool]:
    """Lock the pools, all before the first entry of the trail, as assigning does."""
    held = SeatPool.objects.of(practice).select_for_update().order_by("product_id")
    found = held.filter(product__in={row.product_id for row in given})
    return {pool.product_id: pool for pool in found}


def _give_back(actor: Actor, given: Assignment, pool: SeatPool, now: datetime) -> None:
    SeatPool.objects.filter(pk=pool.pk).update(used=F("used") - 1)
    SeatEntry.objects.create(
        pool=pool,
        delta=1,
        reason=f"Undone for {given.member.name}",
        key=f"undo:{given.pk}",
        batch=given.batch,
        by=actor.label,
        at=now,
    )
    before, given.state = given.state, Assignment.State.UNDONE
    given.save(update_fields=["state"])
    record(
        actor=actor,
        action="product.undone",
        subject=given,
        practice_id=given.practice_id,
        member_id=given.member_id,
        program=given.product.program,
        sentence=f"Took {given.title} back from {given.member.name}",
        changes={"state": (before, given.state)},
        now=now,
    )
