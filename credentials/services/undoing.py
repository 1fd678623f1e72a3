"""Taking an assignment back while nobody has used it: the seat is there again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts.models import Practice, Sponsorship
from core.actor import Actor
from core.audit import record
from core.events import publish
from core.failures import FieldProblem, Missing, NotEligible, NotUsable
from credentials.events import TermsUndone
from credentials.models import Assignment, SeatEntry, SeatPool
from credentials.queries import why_not_undone
from credentials.services.holding_trails import hold_trails

NOBODY = "Select at least one person to undo it for."


@transaction.atomic
def undo(
    *,
    actor: Actor,
    practice: Practice,
    assignment_ids: Iterable[UUID],
    days: Mapping[str, date],
    now: datetime,
) -> Sequence[Assignment]:
    """Take assignments back, all of them or none; each gives its seat back, once.

    What is undone already stays so: asked again, nothing more happens. The terms they
    began go with them, as far as whoever keeps terms agrees.

    Args:
        assignment_ids: the practice's own.
        days: the day it is in each program's zone.
        now: the real instant; the day to undo in counts from the press of Assign.

    Returns:
        What was undone by this call.

    Raises:
        NotUsable: nothing was named.
        Missing: one of them is not the practice's.
        NotEligible: one was used or is too old, or its term can't be undone.
    """
    wanted = set(assignment_ids)
    if not wanted:
        raise NotUsable(NOBODY, [FieldProblem("assignment", NOBODY, "empty")])
    found = _held(practice, wanted)
    if len(found) < len(wanted):
        raise Missing("Not found.")
    rest = [row for row in found if row.state != Assignment.State.UNDONE]
    for row in rest:
        reason = why_not_undone(row, now)
        if reason:
            raise NotEligible(f"{reason} Nothing was undone.")
    pools = held_pools(practice, rest)
    terms = [row for row in rest if row.product.begins_term]
    for program in sorted({row.product.program for row in terms}):
        members = [row.member_id for row in terms if row.product.program == program]
        hold_trails(member_ids=members, program=program, practice_id=practice.pk)
    for row in rest:
        give_back(actor, row, pools[row.product_id], now)
    if terms:
        publish(TermsUndone(terms, actor, days, now))
    return rest


def _held(practice: Practice, wanted: Iterable[UUID]) -> list[Assignment]:
    """Lock what is undone, in the order in which assigning locks."""
    asked = Assignment.objects.of(practice).filter(pk__in=wanted)
    # Renewing them again, by hand or by itself, waits until this is done. Whoever only
    # names the sponsorship, as a certificate does, waits for nothing.
    list(
        Sponsorship.objects.of(practice)
        .filter(pk__in=asked.values("sponsorship"))
        .select_for_update(of=("self",), no_key=True)
        .order_by("member_id")
    )
    return list(
        asked.select_for_update(of=("self",))
        .select_related("product", "member", "practice", "sponsorship", "batch")
        .order_by("pk")
    )


def held_pools(
    practice: Practice, given: Iterable[Assignment]
) -> Mapping[UUID, SeatPool]:
    """Lock the pools, all before the first entry of the trail, as assigning does."""
    held = SeatPool.objects.of(practice).select_for_update().order_by("product_id")
    found = held.filter(product__in={row.product_id for row in given})
    return {pool.product_id: pool for pool in found}


def give_back(actor: Actor, given: Assignment, pool: SeatPool, now: datetime) -> None:
    """Undo one assignment, for a service that holds its pool already."""
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
