"""Drawing a sample of what was submitted to a body, and opening its cases (A9, N13)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ce_credits.models import Activity, AuditCase, AuditDraw
from ce_credits.rules import (
    SampleError,
    Size,
    check_size,
    draw_sample,
    population_hash,
    size_of,
)
from ce_credits.services.audit_cases import audit_of, check_due, open_case
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable
from core.turns import take_turn
from credentials.policy import Policy

State = Activity.State
# What counts, or will: only that can be found not to.
DRAWABLE = (State.SUBMITTED, State.ACCEPTED)
MOST = 20_000
MOST_YEARS = 20
LONGEST_REASON = 400


@dataclass(frozen=True)
class Sample:
    """What to draw from, and how many.

    Args:
        from_on: the first day of submitting.
        until_on: the last one.
        size: a number or a percentage.
        states: of `DRAWABLE`; the submissions' state today.
        kinds: codes of kinds of activity; empty: every kind.
        exclude_years: who had an audit opened within so many years is left out.
        due_on: until when the answers are asked for.
    """

    from_on: date
    until_on: date
    size: Size
    states: Sequence[str]
    kinds: Sequence[str]
    exclude_years: int
    due_on: date


@dataclass(frozen=True)
class Preview:
    """What a draw would be: how many there are and how many are drawn, never who."""

    population: int
    left_out: int
    size: int


@dataclass(frozen=True)
class _Found:
    strata: Mapping[str, Sequence[UUID]]
    left_out: int

    @property
    def count(self) -> int:
        return sum(len(ids) for ids in self.strata.values())


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
    found = _population(policy, sample, today)
    return Preview(found.count, found.left_out, _size(sample, found))


@transaction.atomic
def draw_audit(
    *,
    actor: Actor,
    program: str,
    sample: Sample,
    key: UUID,
    seed: str,
    instead_of: AuditDraw | None = None,
    reason: str = "",
    today: date,
    now: datetime,
) -> AuditDraw:
    """Draw a sample, keep how, and open a case for each member that is in it.

    The same key draws once, however often it is sent.

    Args:
        key: the one use of the form it comes from, which becomes the draw's id.
        seed: what decides who is drawn; made where the request comes in.
        instead_of: the draw that this one follows; then `reason` says why.
        today: the day it is in the body's zone.

    Raises:
        NotUsable: as `preview_draw`; or a redraw says no reason.
        NotEligible: the body's policy knows no audits.
        Stale: a case was opened for one of them meanwhile; nothing is drawn.
    """
    policy = audit_of(program=program, today=today)
    take_turn(f"audit {program}")
    done = AuditDraw.objects.filter(pk=key, program=program).first()
    if done is not None:
        return done
    _check(policy, sample, today)
    _check_reason(instead_of, reason)
    found = _population(policy, sample, today)
    drawn = draw_sample(found.strata, size=_size(sample, found), seed=seed)
    draw = AuditDraw.objects.create(
        pk=key,
        program=program,
        from_on=sample.from_on,
        until_on=sample.until_on,
        states=list(sample.states),
        kinds=list(sample.kinds),
        number=sample.size.number,
        percent=sample.size.percent,
        exclude_years=sample.exclude_years,
        left_out=found.left_out,
        seed=seed,
        population={name: [e.hex for e in ids] for name, ids in found.strata.items()},
        population_count=found.count,
        population_sha256=population_hash(found.strata),
        drawn=[each.hex for each in drawn],
        instead_of=instead_of,
        reason=reason.strip(),
        policy=policy.version,
        due_on=sample.due_on,
        by=actor.label,
        on=today,
        at=now,
    )
    _write_down(actor, draw, now)
    _open_cases(actor, draw, drawn, today, now)
    return draw


def drawn_again(*, draw: AuditDraw) -> list[UUID]:
    """Draw from a draw's own row once more: the same submissions come out."""
    strata = {
        name: [UUID(each) for each in ids] for name, ids in draw.population.items()
    }
    return draw_sample(strata, size=len(draw.drawn), seed=draw.seed)


def _check(policy: Policy, sample: Sample, today: date) -> None:
    problems = []
    if sample.until_on > today:
        problems.append(FieldProblem("until_on", "Write today or an earlier day."))
    if sample.from_on > sample.until_on:
        text = "The first day is after the last. Write a day before it."
        problems.append(FieldProblem("from_on", text))
    if not sample.states or not set(sample.states) <= set(DRAWABLE):
        text = "Choose what to draw from: to review, approved, or both."
        problems.append(FieldProblem("states", text))
    if any(policy.kind(code) is None for code in sample.kinds):
        problems.append(FieldProblem("kinds", "Choose kinds of the list."))
    if not 0 <= sample.exclude_years <= MOST_YEARS:
        text = f"Write years from 0 to {MOST_YEARS}."
        problems.append(FieldProblem("exclude_years", text))
    problems += check_due(sample.due_on, today)
    try:
        check_size(sample.size)
    except SampleError as error:
        problems.append(FieldProblem(error.field, str(error)))
    if problems:
        raise NotUsable(problems[0].text, problems)


def _check_reason(instead_of: AuditDraw | None, reason: str) -> None:
    text = ""
    if instead_of is not None and not reason.strip():
        text = "Write why it is drawn again."
    elif len(reason.strip()) > LONGEST_REASON:
        text = f"Use at most {LONGEST_REASON} characters."
    if text:
        raise NotUsable(text, [FieldProblem("reason", text)])


def _size(sample: Sample, found: _Found) -> int:
    try:
        return size_of(sample.size, found.count)
    except SampleError as error:
        raise NotUsable(str(error), [FieldProblem(error.field, str(error))]) from error


def _population(policy: Policy, sample: Sample, today: date) -> _Found:
    """Find what can be drawn, by kind, and how many submissions are left out."""
    asked = _asked(policy, sample)
    if asked.count() > MOST:
        text = f"These are more than {MOST:,} submissions. Choose fewer days or kinds."
        raise NotUsable(text, [FieldProblem("from_on", text)])
    audited = _audited(policy.program, sample.exclude_years, today)
    strata: dict[str, list[UUID]] = defaultdict(list)
    left_out = 0
    for one, kind, member_id in asked.order_by("pk").values_list(
        "pk", "kind", "member_id"
    ):
        if member_id in audited:
            left_out += 1
        else:
            strata[kind].append(one)
    return _Found(strata, left_out)


def _asked(policy: Policy, sample: Sample) -> QuerySet[Activity]:
    begins = datetime.combine(sample.from_on, time.min, policy.zone)
    ends = datetime.combine(sample.until_on + timedelta(days=1), time.min, policy.zone)
    found = Activity.objects.of_program(policy.program).filter(
        state__in=sample.states, submitted_at__gte=begins, submitted_at__lt=ends
    )
    return found.filter(kind__in=sample.kinds) if sample.kinds else found


def _audited(program: str, years: int, today: date) -> set[UUID]:
    """Find who is not drawn: whoever has an open case, or had one within years."""
    cases = AuditCase.objects.of_program(program)
    ids = set(cases.open().values_list("member_id", flat=True))
    if years:
        recent = cases.filter(opened_on__gt=_years_before(today, years))
        ids |= set(recent.values_list("member_id", flat=True))
    return ids


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        # Feb 29 of another year is its last day of February.
        return day.replace(year=day.year - years, day=28)


def _write_down(actor: Actor, draw: AuditDraw, now: datetime) -> None:
    many = f"{len(draw.drawn):,} of {draw.population_count:,} submissions"
    again = " again" if draw.instead_of_id else ""
    record(
        actor=actor,
        action="audit.drawn",
        subject=draw,
        program=draw.program,
        sentence=f"Drew {many} for audit{again}",
        changes={
            "seed": (None, draw.seed),
            "population": (None, draw.population_sha256),
        },
        reason=draw.reason,
        now=now,
    )


def _open_cases(
    actor: Actor, draw: AuditDraw, drawn: Sequence[UUID], today: date, now: datetime
) -> None:
    found = Activity.objects.filter(pk__in=drawn).select_related("member__user")
    ordered = sorted(found, key=lambda each: (each.member_id, each.day, each.pk))
    for _, group in groupby(ordered, key=lambda each: each.member_id):
        activities = list(group)
        open_case(
            actor=actor,
            program=draw.program,
            member=activities[0].member,
            activities=activities,
            due_on=draw.due_on,
            draw=draw,
            today=today,
            now=now,
        )
