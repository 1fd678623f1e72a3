"""Drawing a sample of what was submitted to a body, and opening its cases (A9, N13)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ce_credits.models import Activity, AuditCase, AuditDraw
from ce_credits.services.audit_cases import audit_of, open_case
from ce_credits.services.draws import (
    Draw,
    Pool,
    Preview,
    Sample,
    audited,
    begin_draw,
    check_sample,
    instants_of,
    keep_draw,
    too_many,
)
from core.actor import Actor
from core.failures import FieldProblem, NotUsable
from credentials.policy import Policy

State = Activity.State
# What counts, or will: only that can be found not to.
DRAWABLE = (State.SUBMITTED, State.ACCEPTED)
MOST = 20_000


def preview_draw(*, program: str, sample: Sample, today: date) -> Preview:
    """Say how many submissions there are, and how many would be drawn.

    Args:
        today: the day it is in the body's zone.

    Raises:
        NotUsable: the fields that stand in the way; nothing to draw from, too.
        NotEligible: the body's policy knows no audits.
    """
    policy = audit_of(program=program, today=today)
    _check(policy, sample, today)
    return _pool(policy, sample, today).preview(sample.size)


@transaction.atomic
def draw_audit(
    *,
    actor: Actor,
    program: str,
    sample: Sample,
    draw: Draw,
    today: date,
    now: datetime,
) -> AuditDraw:
    """Draw a sample, keep how, and open a case for each member that is in it.

    The same key draws once, however often it is sent.

    Args:
        sample: what to draw from; its states are of `DRAWABLE`.
        draw: its key, its seed, and what it follows.
        today: the day it is in the body's zone.

    Raises:
        NotUsable: as `preview_draw`; or a redraw says no reason.
        NotEligible: the body's policy knows no audits.
        Stale: a case was opened for one of them meanwhile; nothing is drawn.
    """
    policy = audit_of(program=program, today=today)
    done = begin_draw(program=program, draw=draw, of=AuditDraw.Of.SUBMISSIONS)
    if done is not None:
        return done
    _check(policy, sample, today)
    row = keep_draw(
        actor=actor,
        policy=policy,
        of=AuditDraw.Of.SUBMISSIONS,
        sample=sample,
        pool=_pool(policy, sample, today),
        draw=draw,
        today=today,
        now=now,
    )
    open_cases(
        actor=actor,
        draw=row,
        activity_ids=[UUID(each) for each in row.drawn],
        today=today,
        now=now,
    )
    return row


def _check(policy: Policy, sample: Sample, today: date) -> None:
    problems = check_sample(sample=sample, today=today)
    if not sample.states or not set(sample.states) <= set(DRAWABLE):
        text = "Choose what to draw from: to review, approved, or both."
        problems.append(FieldProblem("states", text))
    if any(policy.kind(code) is None for code in sample.kinds):
        problems.append(FieldProblem("kinds", "Choose kinds of the list."))
    if problems:
        raise NotUsable(problems[0].text, problems)


def _pool(policy: Policy, sample: Sample, today: date) -> Pool:
    """Find what can be drawn, by kind, and how many submissions are left out."""
    asked = _asked(policy, sample)
    if asked.count() > MOST:
        raise too_many(most=MOST, what="submissions")
    out = audited(program=policy.program, years=sample.exclude_years, today=today)
    strata: dict[str, list[UUID]] = defaultdict(list)
    left_out = 0
    for one, kind, member_id in asked.order_by("pk").values_list(
        "pk", "kind", "member_id"
    ):
        if member_id in out:
            left_out += 1
        else:
            strata[kind].append(one)
    return Pool(strata, left_out)


def _asked(policy: Policy, sample: Sample) -> QuerySet[Activity]:
    begins, ends = instants_of(sample, policy)
    found = Activity.objects.of_program(policy.program).filter(
        state__in=sample.states, submitted_at__gte=begins, submitted_at__lt=ends
    )
    return found.filter(kind__in=sample.kinds) if sample.kinds else found


def open_cases(
    *,
    actor: Actor,
    draw: AuditDraw,
    activity_ids: Sequence[UUID],
    today: date,
    now: datetime,
) -> dict[UUID, AuditCase]:
    """Open a case for each member whose submissions a draw asks about.

    Returns:
        The case of each member.

    Raises:
        Stale: one of them has an open audit; call it in the draw's transaction.
    """
    found = Activity.objects.filter(pk__in=activity_ids).select_related("member__user")
    ordered = sorted(found, key=lambda each: (each.member_id, each.day, each.pk))
    cases = {}
    for member_id, group in groupby(ordered, key=lambda each: each.member_id):
        activities = list(group)
        cases[member_id] = open_case(
            actor=actor,
            program=draw.program,
            member=activities[0].member,
            activities=activities,
            due_on=draw.due_on,
            draw=draw,
            today=today,
            now=now,
        )
    return cases
