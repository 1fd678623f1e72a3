"""A reinstatement that is paid is taken once all its credit is there (N8, N16)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from billing.models import Order
from ce_credits.events import CreditChanged
from core.actor import Actor
from core.work import hasten
from renewals.models import Recertification
from renewals.models.cycles import RecertificationQuerySet
from renewals.queries import applying, is_paid, kind_of, orders_of, working_cycle
from renewals.queries.recertifications import why_not_paid
from renewals.services.recertifying_rows import lock_application
from renewals.services.recertifying_taking import take

State, Kind = Recertification.State, Recertification.Kind
ACTOR = Actor.system("reinstatement")


def on_application_credit(event: CreditChanged) -> None:
    """Have a worker look at a reinstatement that waited for credit.

    Whoever reports the credit, a practice say, may not write the application.
    """
    if _reopened(event.program).filter(member=event.member_id).exists():
        hasten("renewals.tasks.sweep")


def reopened(program: str) -> Sequence[UUID]:
    """List a body's reinstatements that are paid and wait for credit."""
    return list(_reopened(program).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def take_reopened(*, application_id: UUID, today: date, now: datetime) -> bool:
    """Take a reinstatement that waited for credit, where all of it is there.

    Args:
        application_id: one of `reopened`.
        today: the day in the body's zone, which is then its day.
        now: the instant, UTC.

    Returns:
        Whether it was taken.
    """
    row = lock_application(application_id)
    return row.state == State.AWAITING and take_on(row, ACTOR, today, now)


def take_on(row: Recertification, actor: Actor, today: date, now: datetime) -> bool:
    """Take a locked reinstatement with a day on which its credit is there (N8).

    Returns:
        Whether it was taken: it is paid, and of the cycle that is still to recertify.
    """
    if row.kind != Kind.REINSTATEMENT or not is_paid(row):
        return False
    cycle = working_cycle(row.member, row.program, today)
    if cycle is None or cycle.last_on != row.cycle_last_on:
        return False
    sent_on, row.submitted_on = row.submitted_on, today
    reasons, paid_on = why_not_paid(row, orders_of(row))
    if reasons:
        row.submitted_on = sent_on
        return False
    kind = kind_of(row)
    have = applying(row.member, row.program, kind, today=today, now=now).have
    row.facts |= {"credits": str(have.credits), "approved": str(have.approved)}
    take(actor=actor, row=row, paid_on=paid_on, today=today, now=now)
    return True


def _reopened(program: str) -> RecertificationQuerySet:
    mine = Recertification.objects.of_program(program)
    paid = (Order.State.PAID, Order.State.FULFILLED)
    return mine.filter(
        kind=Kind.REINSTATEMENT, state=State.AWAITING, order__state__in=paid
    )
