"""The trail of money: one entry for whatever was done about an order's row."""

from datetime import datetime

from billing.models import CardCharge, Payment, Refund
from core.actor import Actor
from core.audit import record


def note(
    actor: Actor,
    subject: Payment | Refund | CardCharge,
    action: str,
    sentence: str,
    now: datetime,
    reason: str = "",
) -> None:
    """Record in the trail what was done about a payment, a refund or a charge.

    Args:
        sentence: what was done; the order's number is put to its end.
    """
    order = subject.order
    record(
        actor=actor,
        action=action,
        subject=subject,
        practice_id=order.practice_id,
        member_id=order.member_id,
        program=order.program,
        sentence=f"{sentence} for order {order.number}",
        reason=reason,
        now=now,
    )
