"""What else was begun for a cycle ends when one application recertifies it (N8)."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from billing.models import Order
from billing.queries import why_not_cancelled
from billing.services import cancel_order
from core.actor import Actor
from core.audit import record
from core.failures import NotEligible, Stale
from core.words import money_words
from credentials.policy import policy_for
from renewals.models import Recertification
from renewals.models.cycles import RecertificationQuerySet
from renewals.queries import paid_of
from renewals.services.recertifying_rows import change, lift_hold

State = Recertification.State
WHY = "Another application has recertified the cycle"


def hold_orders_beside(application: Recertification) -> Mapping[UUID, Order]:
    """Lock the orders of what else lives in its cycle, before any application.

    A payment locks its order, then the application: so no two wait for each other.
    """
    rows = Order.objects.select_for_update(of=("self",)).order_by("pk")
    beside = _beside(application).values("order")
    return {each.pk: each for each in rows.filter(pk__in=beside)}


def end_beside(
    *,
    actor: Actor,
    row: Recertification,
    orders: Mapping[UUID, Order],
    today: date,
    now: datetime,
) -> list[str]:
    """End what else lives in a cycle that was just recertified, and cancel its orders.

    What was paid of an order becomes credit with it; an order that is paid stays, and
    staff can give its money back.

    Args:
        actor: a manager of the body.
        row: the approved application; all of its member's are locked.
        orders: those that are locked, by `hold_orders_beside`.
        today: the day in the body's zone.
        now: the instant, UTC.

    Returns:
        What its member is told of it, a sentence each.

    Raises:
        NotEligible: money for one of the orders is under way.
        Stale: one was ordered since.
    """
    beside = list(_beside(row).select_related("order"))
    # An invoice takes its number before anything is on the trail, as everywhere.
    for each in beside:
        order = orders.get(each.order_id) if each.order_id else None
        if each.order_id and order is None:
            raise Stale("It changed since you opened it. Nothing was decided.")
        if order is not None and order.state == Order.State.AWAITING:
            if why := why_not_cancelled(order):
                raise NotEligible(f"{why} Nothing was decided.")
            each.order = cancel_order(
                actor=actor, order=order, reason=WHY, today=today, now=now
            )
    return [_ended(actor, each, today, now) for each in beside]


def _ended(actor: Actor, row: Recertification, today: date, now: datetime) -> str:
    row.state, row.reason = State.WITHDRAWN, f"{WHY}."
    row.decided_on, row.decided_by = today, actor.label
    lift_hold(row)
    change(row, now)
    what = row.get_kind_display().lower()
    record(
        actor=actor,
        action="application.ended",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Ended the {row.kind} application of {row.member.name}",
        reason=row.reason,
        now=now,
    )
    paid = paid_of(row)
    if not paid or row.order is None:
        return f"What you began for {what} in the same cycle has ended with it."
    money = money_words(paid, row.order.currency)
    body = policy_for(row.program, on=row.cycle_last_on).body_name
    return (
        f"What you sent for {what} in the same cycle has ended with it. The {money} "
        f"you paid for that goes back when {body} refunds it: ask us."
    )


def _beside(row: Recertification) -> RecertificationQuerySet:
    mine = Recertification.objects.living().exclude(pk=row.pk).order_by("pk")
    return mine.filter(
        member=row.member_id, program=row.program, cycle_last_on=row.cycle_last_on
    )
