"""An application is held for a closer look, and released (N13)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.access import refuse_own_record
from ce_credits.models import AuditCase
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from renewals.models import Recertification
from renewals.models.cycles import LONGEST_WORDS
from renewals.services.recertifying_rows import (
    change,
    lift_hold,
    lock_application,
    put_hold,
)

State = Recertification.State
AUDITED = "An open audit holds it. Close the audit: that releases it."
MISSING = "Write why: staff read it, the applicant doesn't."


@transaction.atomic
def hold_application(
    *,
    actor: Actor,
    application: Recertification,
    reason: str,
    today: date,
    now: datetime,
    seen: int | None = None,
    audit: AuditCase | None = None,
) -> Recertification:
    """Hold an application under review: until it is released nothing is approved.

    Its fee, its member's standing and the days of its answer stay as they are. Holding
    again for the same reason is nothing.

    Args:
        actor: a manager of the body, or what holds it by itself, such as an audit.
        application: what is held.
        reason: why; its body's staff alone read it.
        today: the day in the body's zone.
        now: the instant, UTC.
        seen: the version a person saw; None for what holds it by itself.
        audit: the audit that holds it, until it is closed.

    Raises:
        NotEligible: it is the manager's own, or held for another reason already.
        Stale: it is not under review any more, or changed since they saw it.
        NotUsable: the reason is empty or too long.
    """
    refuse_own_record(actor, application.member)
    words = words_of(reason, MISSING)
    row = lock_application(application.pk)
    if row.held_on is not None and row.held_reason == words:
        return row
    check_open(row, seen, "held")
    if row.held_on is not None:
        raise NotEligible("It is held already. Release it first. Nothing was held.")
    put_hold(row, by=actor.label, why=words, on=today)
    row.audit = audit or row.audit
    change(row, now)
    record(
        actor=actor,
        action="application.held",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Held the {row.kind} application of {row.member.name}",
        reason=words,
        now=now,
    )
    return row


@transaction.atomic
def release_application(
    *,
    actor: Actor,
    application: Recertification,
    reason: str,
    now: datetime,
    seen: int | None = None,
) -> Recertification:
    """Release a held application, so that it can be approved; twice is once.

    Args:
        actor: a manager of the body, or what held it by itself.
        application: what was held.
        reason: what came of the closer look; its body's staff alone read it.
        now: the instant, UTC.
        seen: the version a person saw; None for what releases it by itself.

    Raises:
        NotEligible: it is the manager's own, or an open audit holds it.
        Stale: it changed since they saw it.
        NotUsable: the reason is empty or too long.
    """
    refuse_own_record(actor, application.member)
    words = words_of(reason, MISSING)
    row = lock_application(application.pk)
    if row.held_on is None:
        return row
    check_open(row, seen, "released")
    if row.audited is not None:
        raise NotEligible(AUDITED)
    _release(actor, row, words, now)
    return row


def lift_audits_hold(*, actor: Actor, application_id: UUID, now: datetime) -> None:
    """Release what an audit held; call it where the audit is closed.

    Args:
        actor: a manager of the body, who closed the audit.
        application_id: what that audit held.
        now: the instant, UTC.
    """
    row = lock_application(application_id)
    if row.held_on is not None:
        _release(actor, row, "The audit is closed", now)


def _release(actor: Actor, row: Recertification, words: str, now: datetime) -> None:
    lift_hold(row)
    change(row, now)
    record(
        actor=actor,
        action="application.released",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Released the {row.kind} application of {row.member.name}",
        reason=words,
        now=now,
    )


def check_open(row: Recertification, seen: int | None, done: str) -> None:
    """Hold a locked application against what somebody saw.

    Raises:
        Stale: it is not under review any more, or changed since.
    """
    if row.state != State.OPEN:
        raise Stale(f"It is {row.get_state_display().lower()}. Nothing was {done}.")
    if seen is not None and row.version != seen:
        raise Stale(f"It changed since you opened it. Nothing was {done}.")


def words_of(said: str, missing: str) -> str:
    """Give what staff wrote as it is kept.

    Raises:
        NotUsable: it is empty or too long.
    """
    words = said.strip()
    if not words:
        raise NotUsable(missing, [FieldProblem("reason", missing)])
    if len(words) > LONGEST_WORDS:
        text = f"Use at most {LONGEST_WORDS} characters."
        raise NotUsable(text, [FieldProblem("reason", text)])
    return words
