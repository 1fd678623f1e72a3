"""Staff decide on an activity: approved, not accepted, or information needed (A9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accounts.access import refuse_own_record
from ce_credits.events import ActivitiesDeciding, ActivityDecided, CreditChanged
from ce_credits.models import Activity, ActivityStep
from ce_credits.queries import input_of, inputs_with
from ce_credits.rules import Award, Reason, as_kept, award
from ce_credits.services.numbered import Step
from ce_credits.services.settling import settled
from ce_credits.services.steps import (
    give,
    is_set_aside,
    newest_award,
    take_away,
    take_step,
    take_turn,
    write_down,
)
from ce_credits.services.telling import tell_decided
from core.actor import Actor
from core.events import publish
from core.failures import FieldProblem, NotUsable, Stale
from credentials.policy import Policy, credit_words, day_words, policy_for

State = Activity.State
VERBS = {
    State.ACCEPTED: "Approved",
    State.REJECTED: "Did not accept",
    State.RETURNED: "Asked for information on",
}
LONGEST_WORDS = 1000


@dataclass(frozen=True)
class Ruling:
    """What a reviewer says.

    Args:
        outcome: accepted, rejected or returned.
        ground: the code of a reason for not accepting, out of the pack.
        words: their own words; needed with some outcomes.
        minutes: the contact minutes the proof shows, where they differ; else None.
        inputs: what else the proof shows otherwise than reported, of `EXTRAS`.
        determined: the credit staff decide on where the rules leave it to them (A6).
    """

    outcome: str
    ground: str = ""
    words: str = ""
    minutes: object = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    determined: Decimal | None = None


@transaction.atomic
def decide(
    *,
    actor: Actor,
    activity: Activity,
    seen: int,
    ruling: Ruling,
    today: date,
    now: datetime,
) -> Activity:
    """Decide on a submitted activity, or decide anew; credit moves at once (A9).

    Raises:
        NotEligible: it is the reviewer's own record.
        Stale: it was withdrawn, or changed since the reviewer saw version `seen`, or
            stands decided so already.
        NotUsable: the fields that stand in the way.
    """
    _check_may(actor, activity, ruling, seen)
    policy = policy_for(activity.program, on=activity.day)
    answer = _answer(policy, activity, ruling)
    _check_words(policy, activity, ruling)
    if ruling.outcome == State.ACCEPTED:
        kind = policy.kind(activity.kind)
        answer = settled(kind, answer, ruling.determined, ruling.words)
    credits = answer.credits if ruling.outcome == State.ACCEPTED else None
    before = activity.state
    step = _step(actor, activity, ruling, answer, today, now)
    written = take_step(
        activity,
        step,
        seen=seen,
        state=ruling.outcome,
        minutes=answer.minutes if credits is not None else activity.minutes,
        inputs=step.facts["inputs"],
        # Staff decide anew: whatever an audit found of it before.
        kept_back=False,
    )
    moved = _move_credit(policy, activity, step, written, answer)
    said = _said(policy, step)
    write_down(
        activity,
        step,
        action=f"ce.{ruling.outcome}",
        sentence=_sentence(activity, ruling, credits, answer),
        before=before,
        reason=said,
    )
    if moved:
        publish(ActivityDecided(activity.pk, actor, today, now))
        publish(CreditChanged(activity.member_id, activity.program, actor, today, now))
    tell_decided(activity, written, said, now)
    return activity


def _step(
    actor: Actor,
    activity: Activity,
    ruling: Ruling,
    answer: Award,
    today: date,
    now: datetime,
) -> Step:
    accepted = ruling.outcome == State.ACCEPTED
    # As it was reported, unless staff accept what they read otherwise.
    inputs = inputs_with(activity, ruling.inputs if accepted else {})
    return Step(
        ruling.outcome,
        actor,
        today,
        now,
        ground=ruling.ground if ruling.outcome == State.REJECTED else "",
        words=ruling.words.strip(),
        facts={
            "minutes": answer.minutes,
            "inputs": as_kept(inputs),
            "policy": answer.policy,
            "credits": str(answer.credits) if accepted else None,
        },
    )


def _check_may(actor: Actor, activity: Activity, ruling: Ruling, seen: int) -> None:
    refuse_own_record(actor, activity.member)
    publish(ActivitiesDeciding([activity.pk]))
    take_turn(activity)
    if activity.state == State.WITHDRAWN:
        raise Stale("The holder withdrew this activity. Nothing was decided.")
    if activity.state == State.DRAFT:
        raise Stale("This activity is not submitted. Nothing was decided.")
    if ruling.outcome not in VERBS:
        text = "Choose Approve, Not accepted or Needs information."
        raise NotUsable(text, [FieldProblem("outcome", text)])
    if ruling.outcome == State.ACCEPTED and not _has_proof(activity):
        raise Stale("The holder took the proof away. Nothing was decided.")
    if seen == activity.version and activity.state == ruling.outcome:
        raise Stale("This decision stands already. Nothing was done again.")


def _has_proof(activity: Activity) -> bool:
    """Whether what was sent in, or seen by staff, is still there (A8)."""
    return bool(activity.proof) or activity.proofs.there().sent().exists()


def _answer(policy: Policy, activity: Activity, ruling: Ruling) -> Award:
    given = input_of(activity, minutes=ruling.minutes, inputs=ruling.inputs)
    return award(policy, given)


def _check_words(policy: Policy, activity: Activity, ruling: Ruling) -> None:
    if len(ruling.words.strip()) > LONGEST_WORDS:
        problem = FieldProblem("words", f"Use at most {LONGEST_WORDS} characters.")
        raise NotUsable(problem.text, [problem])
    found = _words_missing(policy, activity, ruling)
    if found is not None:
        raise NotUsable(found.text, [found])


def _words_missing(
    policy: Policy, activity: Activity, ruling: Ruling
) -> FieldProblem | None:
    words = ruling.words.strip()
    if ruling.outcome == State.REJECTED:
        ground = policy.ground(ruling.ground)
        if ground is None and (ruling.ground or not words):
            return FieldProblem("ground", "Choose why it is not accepted.")
        if ground is not None and ground.needs_words and not words:
            return FieldProblem("words", "Write the reason in your own words.")
        return None
    if words:
        return None
    if ruling.outcome == State.RETURNED:
        text = "Write what is missing, so that the holder can send it."
        return FieldProblem("words", text)
    if _corrects(activity, ruling) or ruling.determined is not None:
        text = "Write why, so that the holder understands the credit."
        return FieldProblem("words", text)
    return None


def _corrects(activity: Activity, ruling: Ruling) -> bool:
    """Say whether staff read anything else from the proof than was reported."""
    if ruling.minutes not in (None, activity.minutes):
        return True
    before = inputs_with(activity, {})
    return inputs_with(activity, ruling.inputs) != before


def _move_credit(
    policy: Policy,
    activity: Activity,
    step: Step,
    written: ActivityStep,
    answer: Award,
) -> bool:
    if step.kind != State.ACCEPTED:
        why = Reason(policy.review_rule, _ended(policy, step))
        lost = take_away(activity, step, written, why, policy=policy.version)
        return lost is not None
    before = newest_award(activity)
    if before is not None and is_set_aside(before):
        # The other report of it counts, and goes on to.
        return False
    # Another reason for the same figure is another award: each figure says why (X2).
    if before is not None and (
        before.credits,
        before.explanation,
        before.index_number,
    ) == (answer.credits, answer.explanation, answer.index or ""):
        return False
    # What staff determine counts from their decision, never from before it (A6).
    give(activity, step, written, answer)
    return True


def _said(policy: Policy, step: Step) -> str:
    ground = policy.ground(step.ground)
    parts = [ground.text[:1].upper() + ground.text[1:]] if ground else []
    return ". ".join([*parts, *([step.words] if step.words else [])])


def _ended(policy: Policy, step: Step) -> str:
    word = "Not accepted" if step.kind == State.REJECTED else "Needs information"
    said = _said(policy, step)
    return f"{word}: {said}. Stops counting on {day_words(step.today)}."[:600]


def _sentence(
    activity: Activity, ruling: Ruling, credits: Decimal | None, answer: Award
) -> str:
    verb, day = VERBS[State(ruling.outcome)], day_words(activity.day)
    said = f"{verb} “{activity}” of {day} of {activity.member.name}"
    if credits is None:
        return said
    return f"{said}: {credit_words(credits)} {answer.unit}"
