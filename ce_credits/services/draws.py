"""What every draw for audit has: its conditions, who is left out, and its one row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from ce_credits.models import AuditCase, AuditDraw
from ce_credits.rules import (
    SampleError,
    Size,
    check_size,
    draw_sample,
    population_hash,
    size_of,
)
from ce_credits.services.audit_cases import await_audits, check_due
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable
from credentials.policy import Policy

MOST_YEARS = 20
LONGEST_REASON = 400


@dataclass(frozen=True)
class Sample:
    """What to draw from, and how many.

    Args:
        from_on: the first day of submitting.
        until_on: the last one.
        size: a number or a percentage.
        states: the states, today, of what is drawn from.
        kinds: codes of kinds; empty: every kind.
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
class Draw:
    """How a draw comes about.

    Args:
        key: the one use of the form it comes from, which the draw's id follows from.
        seed: what decides who is drawn; made where the request comes in.
        instead_of: the draw that this one follows; then `reason` says why.
    """

    key: UUID
    seed: str
    instead_of: AuditDraw | None = None
    reason: str = ""

    def id_for(self, program: str, of: str) -> UUID:
        """Give the draw's id: the same key is another draw in another body or kind."""
        return uuid5(self.key, f"{program} {of}")


@dataclass(frozen=True)
class Preview:
    """What a draw would be: how many there are and how many are drawn, never who."""

    population: int
    left_out: int
    size: int


@dataclass(frozen=True)
class Pool:
    """What can be drawn, by stratum, and how many are left out."""

    strata: Mapping[str, Sequence[UUID]]
    left_out: int

    @property
    def count(self) -> int:
        """How many can be drawn."""
        return sum(len(ids) for ids in self.strata.values())

    def preview(self, size: Size) -> Preview:
        """Say what a draw of a size would be.

        Raises:
            NotUsable: there is nothing, or not enough, to draw from.
        """
        try:
            return Preview(self.count, self.left_out, size_of(size, self.count))
        except SampleError as error:
            text = str(error)
            raise NotUsable(text, [FieldProblem(error.field, text)]) from error

    def drawn(self, size: Size, seed: str) -> list[UUID]:
        """Draw so many by the seed.

        Raises:
            NotUsable: there is nothing, or not enough, to draw from.
        """
        return draw_sample(self.strata, size=self.preview(size).size, seed=seed)


def begin_draw(*, program: str, draw: Draw, of: str) -> AuditDraw | None:
    """Wait until nobody else draws for a body; give the draw if it is done already.

    Raises:
        NotUsable: a redraw says no reason, or follows a draw of something else.
    """
    await_audits(program=program)
    made = draw.id_for(program, of)
    done = AuditDraw.objects.filter(pk=made, program=program).first()
    if done is None:
        _check_redraw(draw, of)
    return done


def check_sample(*, sample: Sample, today: date) -> list[FieldProblem]:
    """Say what is wrong with the days, the years and the size of a sample."""
    problems = []
    if sample.until_on > today:
        problems.append(FieldProblem("until_on", "Write today or an earlier day."))
    if sample.from_on > sample.until_on:
        text = "The first day is after the last. Write a day before it."
        problems.append(FieldProblem("from_on", text))
    if not 0 <= sample.exclude_years <= MOST_YEARS:
        text = f"Write years from 0 to {MOST_YEARS}."
        problems.append(FieldProblem("exclude_years", text))
    problems += check_due(sample.due_on, today)
    try:
        check_size(sample.size)
    except SampleError as error:
        problems.append(FieldProblem(error.field, str(error)))
    return problems


def too_many(*, most: int, what: str) -> NotUsable:
    """Say that there is more to draw from than one draw takes."""
    text = f"These are more than {most:,} {what}. Choose fewer days or kinds."
    return NotUsable(text, [FieldProblem("from_on", text)])


def audited(*, program: str, years: int, today: date) -> set[UUID]:
    """Find who is not drawn: whoever has an open case, or had one within years."""
    cases = AuditCase.objects.of_program(program)
    ids = set(cases.open().values_list("member_id", flat=True))
    if years:
        recent = cases.filter(opened_on__gt=_years_before(today, years))
        ids |= set(recent.values_list("member_id", flat=True))
    return ids


def instants_of(sample: Sample, policy: Policy) -> tuple[datetime, datetime]:
    """Give the first instant of a sample's days, and the first one after them."""
    after = sample.until_on + timedelta(days=1)
    begins, ends = (
        datetime.combine(day, time.min, policy.zone) for day in (sample.from_on, after)
    )
    return begins, ends


def keep_draw(
    *,
    actor: Actor,
    policy: Policy,
    of: str,
    sample: Sample,
    pool: Pool,
    draw: Draw,
    today: date,
    now: datetime,
) -> AuditDraw:
    """Draw by the seed, and keep all of it on one row.

    Args:
        policy: the body's, that it is drawn under.
        of: what is drawn, of `AuditDraw.Of`.
        pool: what can be drawn.
        today: the day it is in the body's zone.

    Raises:
        NotUsable: there is nothing, or not enough, to draw from.
    """
    drawn = pool.drawn(sample.size, draw.seed)
    row = AuditDraw.objects.create(
        pk=draw.id_for(policy.program, of),
        of=of,
        program=policy.program,
        from_on=sample.from_on,
        until_on=sample.until_on,
        states=list(sample.states),
        kinds=list(sample.kinds),
        number=sample.size.number,
        percent=sample.size.percent,
        exclude_years=sample.exclude_years,
        left_out=pool.left_out,
        seed=draw.seed,
        population={name: [e.hex for e in ids] for name, ids in pool.strata.items()},
        population_count=pool.count,
        population_sha256=population_hash(pool.strata),
        drawn=[each.hex for each in drawn],
        instead_of=draw.instead_of,
        reason=draw.reason.strip(),
        policy=policy.version,
        due_on=sample.due_on,
        by=actor.label,
        on=today,
        at=now,
    )
    _write_down(actor, row, now)
    return row


def drawn_again(*, draw: AuditDraw) -> list[UUID]:
    """Draw from a draw's own row once more: the same ids come out."""
    strata = {
        name: [UUID(each) for each in ids] for name, ids in draw.population.items()
    }
    return draw_sample(strata, size=len(draw.drawn), seed=draw.seed)


def _check_redraw(draw: Draw, of: str) -> None:
    field, text = "reason", ""
    if draw.instead_of is not None and draw.instead_of.of != of:
        field, text = "of", f"Draw {draw.instead_of.of} again, as the draw before."
    elif draw.instead_of is not None and not draw.reason.strip():
        text = "Write why it is drawn again."
    elif len(draw.reason.strip()) > LONGEST_REASON:
        text = f"Use at most {LONGEST_REASON} characters."
    if text:
        raise NotUsable(text, [FieldProblem(field, text)])


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        # Feb 29 of another year is its last day of February.
        return day.replace(year=day.year - years, day=28)


def _write_down(actor: Actor, draw: AuditDraw, now: datetime) -> None:
    many = f"{len(draw.drawn):,} of {draw.population_count:,} {draw.of}"
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
