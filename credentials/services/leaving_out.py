"""Leaving somebody out of the next renewal, and taking them back in (A13)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from accounts.events import RenewalModeSwitched
from accounts.models import Sponsorship
from accounts.services import switch_renewal_mode
from core.actor import Actor
from core.audit import record
from credentials.events import ProductAssigned
from credentials.models import LeftOut, Product, SeatChange, Window
from credentials.policy import day_words

RENEWING = (Product.Kind.RENEWAL, Product.Kind.MEMBERSHIP)
Mode = Sponsorship.Mode


def leave_out(
    *,
    actor: Actor,
    change: SeatChange,
    window: Window,
    sponsorship: Sponsorship,
    today: date,
    now: datetime,
) -> LeftOut:
    """Renew somebody no more; the term they have runs to its last day.

    Part of `lower_seats`, which holds the sponsorship.
    """
    left = LeftOut.objects.create(
        change=change,
        practice=change.practice,
        program=change.program,
        member=window.member,
        sponsorship=sponsorship,
        window=window,
        from_on=max(window.renewal_on, today),
        at=now,
    )
    record(
        actor=actor,
        action="member.left_out",
        subject=left,
        practice_id=change.practice_id,
        member_id=window.member_id,
        program=change.program,
        sentence=f"Left {window.member.name} out from {day_words(left.from_on)}",
        reason=change.reason,
        now=now,
    )
    # Auto-renewal then takes no seat for them, and needs to know nothing else.
    switch_renewal_mode(actor=actor, sponsorship=sponsorship, mode=Mode.MANUAL, now=now)
    return left


def on_mode_switched(event: RenewalModeSwitched) -> None:
    """Take somebody back in who is switched to auto-renewal."""
    if event.sponsorship.renewal_mode == Mode.AUTO:
        _take_in([event.sponsorship.pk], event.actor, event.now)


def on_renewal_assigned(event: ProductAssigned) -> None:
    """Take back in whoever was given another term."""
    if event.batch.product.kind in RENEWING:
        held = [each.sponsorship_id for each in event.assignments]
        _take_in(held, event.actor, event.now)


def _take_in(sponsorship_ids: Sequence[UUID], actor: Actor, now: datetime) -> None:
    held = LeftOut.objects.filter(ended_at=None, sponsorship__in=sponsorship_ids)
    for left in held.select_related("member"):
        left.ended_at, left.ended_by = now, actor.label[:200]
        left.save(update_fields=["ended_at", "ended_by"])
        record(
            actor=actor,
            action="member.taken_back_in",
            subject=left,
            practice_id=left.practice_id,
            member_id=left.member_id,
            program=left.program,
            sentence=f"Took {left.member.name} back in",
            changes={"left_out_from": (left.from_on, None)},
            now=now,
        )
