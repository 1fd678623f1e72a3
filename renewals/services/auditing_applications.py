"""Applications are audited: drawn by lot or by hand, held until the audit is closed.

The draw, its cases and their items are those of submissions: here is the link alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.access import refuse_own_record
from ce_credits.events import AuditClosed, AuditClosing
from ce_credits.models import Activity, AuditCase, AuditDraw
from ce_credits.services import (
    DRAWABLE,
    Draw,
    Pool,
    Preview,
    Sample,
    audit_of,
    audited,
    await_audits,
    begin_draw,
    check_sample,
    keep_draw,
    open_case,
    open_cases,
    too_many,
)
from core.actor import Actor
from core.failures import FieldProblem, NotEligible, NotUsable
from credentials.policy import Policy, cycle_programs, day_words
from renewals.models import Recertification
from renewals.models.cycles import LONGEST_WORDS
from renewals.queries import bases_of
from renewals.services.recertifying_holding import (
    check_open,
    hold_application,
    lift_audits_hold,
)
from renewals.services.recertifying_rows import lock_application

State = Recertification.State
BY_LOT = Actor.system("audits")
MOST = 2_000
NOTHING_COUNTS = "Nothing that counts for it can be asked about. Nothing was audited."


@dataclass(frozen=True)
class Asked:
    """What an application is asked about: its credentials, and what counts for it."""

    codes: str
    activities: Sequence[UUID]


def preview_applications(*, program: str, sample: Sample, today: date) -> Preview:
    """Say how many applications there are under review, and how many would be drawn.

    Args:
        today: the day it is in the body's zone.

    Raises:
        NotUsable: the fields that stand in the way; nothing to draw from, too.
        NotEligible: the body has no applications, or its policy knows no audits.
    """
    _policy(program, today)
    _check(sample, today)
    return _pool(program, sample, today)[0].preview(sample.size)


@transaction.atomic
def draw_applications(
    *,
    actor: Actor,
    program: str,
    sample: Sample,
    draw: Draw,
    today: date,
    now: datetime,
) -> AuditDraw:
    """Draw applications under review, open their audits, and hold each meanwhile.

    The same key draws once, however often it is sent.

    Args:
        sample: what to draw from; its kinds are those of applications.
        draw: its key, its seed, and what it follows.
        today: the day it is in the body's zone.

    Raises:
        NotUsable: as `preview_applications`; or a redraw says no reason.
        NotEligible: the body has no applications, or its policy knows no audits.
        Stale: one of them changed meanwhile; nothing is drawn.
    """
    policy = _policy(program, today)
    done = begin_draw(program=program, draw=draw, of=AuditDraw.Of.APPLICATIONS)
    if done is not None:
        return done
    _check(sample, today)
    pool, asked = _pool(program, sample, today)
    found = pool.drawn(sample.size, draw.seed)
    # Whoever writes an application locks it before the trail.
    rows = [lock_application(each) for each in found]
    row = keep_draw(
        actor=actor,
        policy=policy,
        of=AuditDraw.Of.APPLICATIONS,
        sample=sample,
        pool=pool,
        draw=draw,
        today=today,
        now=now,
    )
    # Of two applications of one member, one activity may count for both.
    activities = list({each: None for pk in found for each in asked[pk].activities})
    cases = open_cases(
        actor=actor, draw=row, activity_ids=activities, today=today, now=now
    )
    why = f"Audit: drawn by lot on {day_words(today)}."
    for each in rows:
        hold_application(
            actor=BY_LOT,
            application=each,
            reason=why,
            today=today,
            now=now,
            audit=cases[each.member_id],
        )
    return row


@transaction.atomic
def audit_application(
    *,
    actor: Actor,
    application: Recertification,
    seen: int,
    due_on: date,
    reason: str,
    today: date,
    now: datetime,
) -> AuditCase:
    """Ask an applicant to prove what their application rests on, and hold it.

    Args:
        actor: a manager of the body.
        seen: the version they saw.
        due_on: the last day to answer.
        reason: why; staff alone read it.
        today: the day it is in the body's zone.

    Raises:
        NotEligible: it is the manager's own, it is held already, or nothing counts.
        NotUsable: the day is past, or the reason is empty or too long.
        Stale: it is not under review any more or changed, or an audit is open.
    """
    refuse_own_record(actor, application.member)
    await_audits(program=application.program)
    row = lock_application(application.pk)
    check_open(row, seen, "audited")
    if AuditCase.objects.of_program(row.program).open().filter(member=row.member_id):
        text = f"An audit of {row.member.name} is open. Close it first."
        raise NotEligible(f"{text} Nothing was audited.")
    if row.held_on is not None:
        raise NotEligible("It is held already. Release it first. Nothing was audited.")
    asked = _asked([row], today).get(row.pk)
    if asked is None:
        raise NotEligible(NOTHING_COUNTS)
    found = Activity.objects.filter(pk__in=asked.activities)
    case = open_case(
        actor=actor,
        program=row.program,
        member=row.member,
        activities=list(found.order_by("on", "pk")),
        due_on=due_on,
        reason=reason,
        today=today,
        now=now,
    )
    hold_application(
        actor=actor,
        application=row,
        reason=f"Audit: {reason.strip()}"[:LONGEST_WORDS],
        today=today,
        now=now,
        audit=case,
    )
    return case


def on_audit_closing(event: AuditClosing) -> None:
    """Lock what an audit holds before its case and the trails: so everybody does."""
    for each in _held_by(event.case_id):
        lock_application(each)


def on_applicants_audit_closed(event: AuditClosed) -> None:
    """Lift the hold of an audit that is closed; the application can be approved."""
    for each in _held_by(event.case_id):
        lift_audits_hold(actor=event.actor, application_id=each, now=event.now)


def _held_by(case_id: UUID) -> Sequence[UUID]:
    held = Recertification.objects.filter(audit=case_id, held_on__isnull=False)
    return list(held.order_by("pk").values_list("pk", flat=True))


def _policy(program: str, today: date) -> Policy:
    if program not in cycle_programs():
        raise NotEligible("Nobody applies to this body. Draw submissions.")
    return audit_of(program=program, today=today)


def _check(sample: Sample, today: date) -> None:
    problems = check_sample(sample=sample, today=today)
    if not set(sample.kinds) <= set(Recertification.Kind.values):
        problems.append(FieldProblem("kinds", "Choose kinds of the list."))
    if problems:
        raise NotUsable(problems[0].text, problems)


def _pool(
    program: str, sample: Sample, today: date
) -> tuple[Pool, Mapping[UUID, Asked]]:
    """Find what can be drawn by kind and credentials, and what each is asked about.

    Left out is whoever was audited, what is held, and what nothing counts for.
    """
    found = Recertification.objects.of_program(program).filter(
        state=State.OPEN, submitted_on__range=(sample.from_on, sample.until_on)
    )
    if sample.kinds:
        found = found.filter(kind__in=sample.kinds)
    if found.count() > MOST:
        raise too_many(most=MOST, what="applications")
    out = audited(program=program, years=sample.exclude_years, today=today)
    rows = list(found.order_by("pk"))
    free = [e for e in rows if e.held_on is None and e.member_id not in out]
    asked = _asked(free, today)
    strata: dict[str, list[UUID]] = defaultdict(list)
    for row in free:
        if row.pk in asked:
            strata[f"{row.kind} {asked[row.pk].codes}"].append(row.pk)
    return Pool(strata, len(rows) - len(asked)), asked


def _asked(rows: Sequence[Recertification], today: date) -> dict[UUID, Asked]:
    """Find what applications are asked about: what counts, and can be found not to."""
    bases = bases_of(rows, as_of=today)
    every = {each for basis in bases.values() for each in basis.activities}
    found = Activity.objects.filter(pk__in=every, state__in=DRAWABLE)
    drawable = set(found.values_list("pk", flat=True))
    asked = {}
    for pk, basis in bases.items():
        ids = [each for each in basis.activities if each in drawable]
        if ids:
            asked[pk] = Asked("+".join(basis.credentials), ids)
    return asked
