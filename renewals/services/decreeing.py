"""A manager decrees more time for many at once; a worker gives it to each (N7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, Missing, NotUsable, Stale
from core.turns import take_turn
from core.work import hasten
from credentials.policy import policy_for
from renewals.models import Decree, MovedDeadline
from renewals.models.decrees import LONGEST_REASON
from renewals.queries import (
    MOST_DECREED,
    Chosen,
    DecreePlan,
    planned_decree,
)

GIVING = "renewals.tasks.give_decrees"
MOST_MONTHS = 24
CHANGED = (
    "What it would do has changed since you looked. Nothing was decreed. "
    "Here is what it does now: check it, then confirm again."
)


@dataclass(frozen=True)
class NewDecree:
    """What a manager decrees: the reason, which all read, and for whom how long."""

    reason: str
    chosen: Chosen


def preview_decree(
    *, actor: Actor, program: str, asked: NewDecree, today: date
) -> DecreePlan:
    """Say who would be given how much, and who is left out and why.

    Args:
        actor: a manager of the body; their own record is left out.
        program: the body.
        asked: what would be decreed.
        today: the day in the body's zone.

    Raises:
        NotUsable: the fields that stand in the way; nobody to give it to, too.
    """
    _check(program, asked, today)
    plan = planned_decree(program, asked.chosen, by=actor.user_id, today=today)
    field = "numbers" if asked.chosen.numbers else "cycle_last_on"
    if plan.over:
        text = (
            f"These are {plan.over:,} people, more than the {MOST_DECREED:,} of one "
            "decree. Choose fewer."
        )
        raise NotUsable(text, [FieldProblem(field, text)])
    return plan


@transaction.atomic
def decree_more_time(
    *,
    actor: Actor,
    program: str,
    asked: NewDecree,
    seen: str,
    key: UUID,
    today: date,
    now: datetime,
) -> Decree:
    """Decree more time: what was previewed, or nothing. A worker gives it to each.

    The same key decrees once, however often it is sent. No decree is taken back.

    Args:
        actor: a manager of the body.
        program: the body.
        asked: what is decreed.
        seen: the digest of the preview they saw.
        key: the one use of the form it comes from, which becomes the decree's id.
        today: the day in the body's zone, from which it counts.
        now: the instant, UTC.

    Raises:
        NotUsable: as `preview_decree`; or nobody of the list would get more time.
        Stale: who, from or to changed since the preview.
        Missing: the key is not theirs.
    """
    take_turn(f"decree {program}")
    done = Decree.objects.filter(pk=key, program=program).first()
    if done is not None:
        return done
    plan = preview_decree(actor=actor, program=program, asked=asked, today=today)
    if plan.digest != seen:
        raise Stale(CHANGED)
    if not plan.gives:
        raise NotUsable("Nobody of them would get more time. Nothing was decreed.")
    try:
        with transaction.atomic():
            decree = _written(actor, program, asked, plan, key, today, now)
    except IntegrityError as error:
        # The key is another body's decree, of which nothing is told.
        raise Missing("Not found.") from error
    MovedDeadline.objects.bulk_create(_lines(decree, plan))
    many = f"{len(plan.gives):,} certificant{'s' if len(plan.gives) > 1 else ''}"
    record(
        actor=actor,
        action="deadlines.decreed",
        subject=decree,
        program=program,
        sentence=f"Decreed more time for {many} (decree {decree.number})",
        reason=decree.reason,
        now=now,
    )
    hasten(GIVING)
    return decree


def _check(program: str, asked: NewDecree, today: date) -> None:
    chosen, problems = asked.chosen, []
    reason = asked.reason.strip()
    if not reason:
        text = "Write why more time is given: all of them read it."
        problems.append(FieldProblem("reason", text))
    elif len(reason) > LONGEST_REASON:
        text = f"Use at most {LONGEST_REASON} characters."
        problems.append(FieldProblem("reason", text))
    problems += _length_problems(chosen, today)
    if chosen.cycle_last_on is None and not any(chosen.numbers):
        text = "Choose the cycle, or list certification numbers."
        problems.append(FieldProblem("cycle_last_on", text))
    codes = {each.code for each in policy_for(program, on=today).credentials}
    if chosen.code and chosen.code not in codes:
        problems.append(FieldProblem("credential", "Choose a credential of the list."))
    if problems:
        raise NotUsable(problems[0].text, problems)


def _length_problems(chosen: Chosen, today: date) -> list[FieldProblem]:
    if (chosen.until_on is None) == (chosen.months is None):
        text = "Write either the new last day or a number of months."
        return [FieldProblem("until_on", text)]
    if chosen.until_on is not None and chosen.until_on < today:
        return [FieldProblem("until_on", "Write today or a later day.")]
    if chosen.months is not None and not 1 <= chosen.months <= MOST_MONTHS:
        text = f"Write months from 1 to {MOST_MONTHS}."
        return [FieldProblem("months", text)]
    return []


def _written(
    actor: Actor,
    program: str,
    asked: NewDecree,
    plan: DecreePlan,
    key: UUID,
    today: date,
    now: datetime,
) -> Decree:
    chosen = asked.chosen
    mine = Decree.objects.filter(program=program)
    last = mine.aggregate(last=Max("number"))["last"] or 0
    cycle = chosen.cycle_last_on
    return Decree.objects.create(
        pk=key,
        program=program,
        number=last + 1,
        reason=asked.reason.strip(),
        until_on=chosen.until_on,
        months=chosen.months,
        chosen={
            "credential": chosen.code,
            "cycle_last_on": cycle.isoformat() if cycle else None,
            "numbers": sum(1 for each in chosen.numbers if each),
        },
        left_out=[[each.line, each.who, each.why] for each in plan.left_out],
        policy=policy_for(program, on=today).version,
        by=actor.label[:200],
        decreed_on=today,
        at=now,
    )


def _lines(decree: Decree, plan: DecreePlan) -> Sequence[MovedDeadline]:
    return [
        MovedDeadline(
            decree=decree,
            member_id=each.member_id,
            program=decree.program,
            number=decree.number,
            reason=decree.reason,
            decreed_on=decree.decreed_on,
            cycle_last_on=each.cycle_last_on,
            from_on=each.from_on,
            until_on=each.until_on,
        )
        for each in plan.gives
    ]
