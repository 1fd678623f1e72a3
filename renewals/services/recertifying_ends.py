"""How an application ends: its member withdraws it, or staff decide (N13, N16)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.access import refuse_own_record
from billing.models import Order
from billing.services import cancel_order
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from core.words import day_words
from renewals.models import Recertification
from renewals.queries import working_cycle
from renewals.services.certifying import certify_next
from renewals.services.recertifying_others import end_beside, hold_orders_beside
from renewals.services.recertifying_rows import (
    change,
    check_seen,
    lift_hold,
    lock_all_of,
    lock_application,
)
from renewals.services.recertifying_telling import decided_items, tell_application
from renewals.services.standing import record_standing

State = Recertification.State
LONGEST_REASON = 400
WITHDRAWN = "The application was withdrawn"
OUTCOMES = {"approved": "Approved", "refused": "Refused"}


@dataclass(frozen=True)
class Verdict:
    """What a manager decides: `approved` or `refused`, and why."""

    outcome: str
    reason: str = ""


@transaction.atomic
def withdraw_application(
    *,
    actor: Actor,
    application: Recertification,
    seen: int,
    today: date,
    now: datetime,
) -> Recertification:
    """Withdraw an application that nobody decided on; once withdrawn it stays so.

    An order that isn't paid is cancelled with it. What is paid goes back only when
    staff refund it.

    Args:
        actor: its member.
        application: what is withdrawn.
        seen: the version they saw.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: it is decided on, or its order can't be cancelled now.
        Stale: it changed since they saw it.
    """
    order = _hold_order(application)
    row = lock_application(application.pk)
    if row.state == State.WITHDRAWN:
        return row
    if not row.lives:
        raise NotEligible("It is decided on already. Nothing was withdrawn.")
    check_seen(row, seen)
    row.state, row.decided_on, row.decided_by = State.WITHDRAWN, today, actor.label
    lift_hold(row)
    change(row, now)
    if order is not None and order.state == Order.State.AWAITING:
        cancel_order(
            actor=actor,
            order=order,
            reason=WITHDRAWN,
            today=today,
            now=now,
            by_payer=True,
        )
    record(
        actor=actor,
        action="application.withdrawn",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Withdrew the {row.kind} application",
        now=now,
    )
    if row.was_taken:
        record_standing(
            member_id=row.member_id, program=row.program, today=today, now=now
        )
    return row


@transaction.atomic
def decide_application(
    *,
    actor: Actor,
    application: Recertification,
    seen: int,
    verdict: Verdict,
    today: date,
    now: datetime,
) -> Recertification:
    """Approve or refuse an application under review; standing follows from the rules.

    What else was begun for a cycle that it recertifies ends with it, and each
    credential has its certificate of the next one (N14).

    Args:
        actor: a manager of the body.
        application: what is decided on.
        seen: the version they saw.
        verdict: what they decide; refusing asks for a reason.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: it is the manager's own, it is held, or money for what would end
            with it is under way.
        Stale: it is not under review any more, or changed since they saw it.
        NotUsable: the outcome or the reason can't be used.
    """
    refuse_own_record(actor, application.member)
    reason = _check(verdict)
    approves = verdict.outcome == State.APPROVED
    recertifies = approves and application.kind != Recertification.Kind.EXTENSION
    beside = hold_orders_beside(application) if recertifies else {}
    lock_all_of(application)
    row = lock_application(application.pk)
    if row.state != State.OPEN:
        raise Stale(f"It is {row.get_state_display().lower()}. Nothing was decided.")
    if row.version != seen:
        raise Stale("It changed since you opened it. Nothing was decided.")
    if approves:
        _refuse_held(row)
    assert row.submitted_on is not None
    cycle = working_cycle(row.member, row.program, row.submitted_on)
    row.state, row.reason = verdict.outcome, reason
    row.decided_on, row.decided_by = today, actor.label
    lift_hold(row)
    change(row, now)
    ended = []
    if recertifies:
        ended = end_beside(actor=actor, row=row, orders=beside, today=today, now=now)
    what = OUTCOMES[verdict.outcome]
    record(
        actor=actor,
        action=f"application.{verdict.outcome}",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"{what} the {row.kind} application of {row.member.name}",
        reason=reason,
        now=now,
    )
    if recertifies:
        certify_next(actor=actor, row=row, today=today, now=now)
    record_standing(member_id=row.member_id, program=row.program, today=today, now=now)
    items = [*(decided_items(row, cycle) if cycle else ()), *ended]
    tell_application(row, f"application_{verdict.outcome}", now, items)
    return row


def _refuse_held(row: Recertification) -> None:
    if row.held_on is not None:
        raise NotEligible(
            f"It is held since {day_words(row.held_on)}: {row.held_reason} "
            "Release it first. Nothing was decided."
        )


def _hold_order(application: Recertification) -> Order | None:
    """Lock the order before the application, as a payment does."""
    rows = Order.objects.select_for_update(of=("self",))
    return rows.filter(recertification=application.pk).first()


def _check(verdict: Verdict) -> str:
    """Give the reason as it is kept."""
    if verdict.outcome not in OUTCOMES:
        text = "Choose Approve or Refuse."
        raise NotUsable(text, [FieldProblem("outcome", text)])
    said = verdict.reason.strip()
    if len(said) > LONGEST_REASON:
        text = f"Use at most {LONGEST_REASON} characters."
        raise NotUsable(text, [FieldProblem("reason", text)])
    if not said and verdict.outcome == State.REFUSED:
        text = "Write why it is refused: the applicant reads it."
        raise NotUsable(text, [FieldProblem("reason", text)])
    return said
