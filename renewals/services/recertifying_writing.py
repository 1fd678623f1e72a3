"""Writing an application in a cycle: begun, and kept as a draft (N5-N8)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import Member
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from renewals.models import Recertification
from renewals.models.cycles import LONGEST_NAME
from renewals.queries import Applying, applying
from renewals.rules.cycles import ApplicationKind
from renewals.services.recertifying_rows import (
    because,
    change,
    check_seen,
    lock_application,
)

State = Recertification.State


@dataclass(frozen=True)
class Written:
    """What a member wrote into an application.

    Args:
        name: their name as it is to stand on the certificate.
        declared: whether they declare that all of it is true.
    """

    name: str = ""
    declared: bool = False


@transaction.atomic
def keep_application(
    *,
    actor: Actor,
    member: Member,
    program: str,
    kind: ApplicationKind,
    seen: int,
    written: Written,
    today: date,
    now: datetime,
) -> Recertification:
    """Keep what a member wrote; the first time it begins the draft.

    Args:
        actor: who writes.
        member: whose application it is.
        program: a body of cycles.
        kind: what is applied for.
        seen: the version they saw; 0 where there was none.
        written: what they wrote, complete or not.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: nothing of the kind can be applied for today.
        NotUsable: the name is too long.
        Stale: it was begun, changed or submitted meanwhile.
    """
    mine = Recertification.objects.filter(member=member, program=program, kind=kind)
    row = mine.living().first()
    if row is not None:
        return rewrite_application(
            actor=actor, application=row, seen=seen, written=written, now=now
        )
    name = _name(written)
    found = applying(member, program, kind, today=today, now=now)
    return _begin(actor, member, program, found, seen, replace(written, name=name), now)


@transaction.atomic
def rewrite_application(
    *,
    actor: Actor,
    application: Recertification,
    seen: int,
    written: Written,
    now: datetime,
) -> Recertification:
    """Keep what a member wrote into a draft that is there; the same again is nothing.

    Args:
        actor: who writes.
        application: their draft.
        seen: the version they saw.
        written: what they wrote, complete or not.
        now: the instant, UTC.

    Raises:
        NotEligible: it is submitted already, or has ended.
        NotUsable: the name is too long.
        Stale: it changed since they saw it.
    """
    name = _name(written)
    row = lock_application(application.pk)
    if row.lives:
        check_seen(row, seen)
    if row.state != State.DRAFT:
        what = "is submitted already" if row.lives else "has ended"
        raise NotEligible(f"It {what}. Nothing was changed.")
    if (row.name, row.declared) == (name, written.declared):
        return row
    changes = {
        "name": (row.name, name),
        "declared": (row.declared, written.declared),
    }
    row.name, row.declared = name, written.declared
    change(row, now)
    record(
        actor=actor,
        action="application.kept",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Kept the draft of the {row.kind} application",
        changes={each: both for each, both in changes.items() if both[0] != both[1]},
        now=now,
    )
    return row


def _name(written: Written) -> str:
    """Give the name as it is kept: each space once.

    Raises:
        NotUsable: it is too long.
    """
    name = " ".join(written.name.split())
    if len(name) > LONGEST_NAME:
        text = f"Use at most {LONGEST_NAME} characters."
        raise NotUsable(text, [FieldProblem("name", text)])
    return name


def _begin(
    actor: Actor,
    member: Member,
    program: str,
    found: Applying,
    seen: int,
    written: Written,
    now: datetime,
) -> Recertification:
    if seen:
        raise Stale("This application has ended. Nothing was kept.")
    if found.closed is not None or found.cycle is None:
        text = found.closed.text if found.closed else ""
        raise NotEligible(f"{text} Nothing was kept.", extra=because(found))
    try:
        with transaction.atomic():
            row = Recertification.objects.create(
                member=member,
                program=program,
                kind=found.kind,
                state=State.DRAFT,
                cycle_last_on=found.cycle.last_on,
                name=written.name,
                declared=written.declared,
                created_at=now,
                changed_at=now,
            )
    except IntegrityError as error:
        raise Stale("It was begun in another tab. Nothing was kept.") from error
    record(
        actor=actor,
        action="application.begun",
        subject=row,
        member_id=member.pk,
        program=program,
        sentence=f"Began the {found.kind} application",
        now=now,
    )
    return row
