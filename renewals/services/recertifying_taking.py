"""An application is taken: it is a fact from now on, and its member is told."""

from datetime import date, datetime

from core.actor import Actor
from core.audit import record
from renewals.models import Recertification
from renewals.services.recertifying_rows import change, put_hold
from renewals.services.recertifying_telling import tell_application
from renewals.services.standing import record_standing

State = Recertification.State

AUDITED = "Audit: an application that was sent before is audited."


def take(
    *,
    actor: Actor,
    row: Recertification,
    paid_on: date | None,
    today: date,
    now: datetime,
) -> Recertification:
    """Take a locked application: it is under review, and standing follows (N13, N16).

    Args:
        actor: who brought it about.
        row: locked, and submitted.
        paid_on: the day its payment counts; None for what costs nothing.
        today: the day in the body's zone.
        now: the instant, UTC.
    """
    row.state, row.paid_on = State.OPEN, paid_on
    _hold_for_audit(row, today)
    change(row, now)
    record(
        actor=actor,
        action="application.taken",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Took the {row.kind} application of {row.member.name} for review",
        reason=row.held_reason,
        now=now,
    )
    record_standing(member_id=row.member_id, program=row.program, today=today, now=now)
    tell_application(row, "application_taken", now)
    return row


def _hold_for_audit(row: Recertification, today: date) -> None:
    """Hold it where an audit runs of one that was sent before: nobody slips away."""
    others = Recertification.objects.filter(
        member=row.member_id, program=row.program, audit__closed_at=None
    ).exclude(pk=row.pk)
    audited = others.exclude(audit=None).order_by("-changed_at").first()
    if audited is not None and row.held_on is None:
        put_hold(row, by="audits", why=AUDITED, on=today)
        row.audit_id = audited.audit_id
