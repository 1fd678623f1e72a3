"""One step in an activity's life: numbered, so that of two at once one is taken."""

from dataclasses import asdict
from decimal import Decimal
from uuid import UUID

from django.db.models import Max

from accounts.queries import sponsor_of
from ce_credits.models import Activity, ActivityStep, CreditAward
from ce_credits.rules import Award, Reason
from ce_credits.services.numbered import Step, write_step
from core.audit import record
from credentials.services import hold_trails

LONGEST_LEVEL = 40
CHANGED = (
    "This activity changed since you opened the page. Nothing was done. "
    "Reload the page, then look again."
)


def take_turn(activity: Activity) -> None:
    """Wait until nobody else changes the activity, and read how it stands now.

    Call it in a transaction; its proofs are changed under the same lock.
    """
    mine = Activity.objects.select_for_update(of=("self",), no_key=True)
    activity.state = mine.values_list("state", flat=True).get(pk=activity.pk)


def take_step(
    activity: Activity, step: Step, *, seen: int, **changes: object
) -> ActivityStep:
    """Write the next step and change the activity with it; call it in a transaction.

    Args:
        seen: the version the caller looked at.
        changes: new values of the activity's fields.

    Raises:
        Stale: somebody else took a step since.
    """
    return write_step(
        activity, activity.steps, step, seen=seen, changed=CHANGED, **changes
    )


def give(
    activity: Activity,
    step: Step,
    written: ActivityStep,
    answer: Award,
) -> CreditAward:
    """Give an activity the credit that the rules, or staff, say it has from now on."""
    assert answer.credits is not None
    return add_award(
        activity,
        step,
        written,
        credits=answer.credits,
        unit=answer.unit,
        index_number=answer.index or "",
        approved=answer.approved,
        rule=answer.rule,
        policy=answer.policy,
        explanation=answer.explanation,
        reasons=[asdict(reason) for reason in answer.reasons],
        topics=" ".join(answer.topics),
        note=step.words[:400],
    )


def take_away(
    activity: Activity,
    step: Step,
    written: ActivityStep,
    why: Reason,
    *,
    policy: str,
) -> CreditAward | None:
    """End what an activity's credit counts; None where it has none to lose (A9)."""
    before = newest_award(activity)
    # What was set aside loses it, too: else it would count again once taken up.
    if before is None or not (before.credits or is_set_aside(before)):
        return None
    return add_award(
        activity,
        step,
        written,
        credits=Decimal(0),
        unit=before.unit,
        index_number=before.index_number,
        approved=before.approved,
        rule=why.rule,
        policy=policy,
        explanation=why.text,
        reasons=[asdict(why)],
        topics=before.topics,
        note=step.words[:400],
    )


def is_set_aside(award: CreditAward) -> bool:
    """Say whether an activity counts nothing because another report of it counts."""
    # Staff who take credit away take a step; this comes of no step.
    return award.step_id is None and not award.credits


def newest_award(activity: Activity) -> CreditAward | None:
    """Return the award that counts, or would from its day on."""
    return activity.awards.order_by("-sequence").first()


def write_down(
    activity: Activity,
    step: Step,
    *,
    action: str,
    sentence: str,
    before: str = "",
    reason: str = "",
) -> None:
    """Put a step on the trail of the member, the body and the practice.

    Credit may free certificates, so their trails are held before the first entry.
    """
    practice_id = practice_of(activity)
    hold_trails(
        member_ids=[activity.member_id],
        program=activity.program,
        practice_id=practice_id,
    )
    record(
        actor=step.actor,
        action=action,
        subject=activity,
        member_id=activity.member_id,
        practice_id=practice_id,
        program=activity.program,
        sentence=sentence,
        changes={"state": (before, activity.state)} if before else {},
        reason=reason or step.words,
        now=step.now,
    )


def practice_of(activity: Activity) -> UUID | None:
    """Name the practice that saw the activity reported, or stands for the member."""
    return activity.practice_id or sponsor_of(activity.member, activity.program)


def add_award(
    activity: Activity,
    step: Step,
    written: ActivityStep | None,
    **values: object,
) -> CreditAward:
    """Put an award after the others; it counts from the step's day on.

    Args:
        written: the step it belongs to; None where nothing happened to the activity
            itself.
        values: its other columns.
    """
    latest = activity.awards.aggregate(latest=Max("sequence"))["latest"] or 0
    return CreditAward.objects.create(
        activity=activity,
        step=written,
        sequence=latest + 1,
        on=activity.day,
        kind=activity.kind,
        title=activity.title,
        level=str(activity.inputs.get("level", ""))[:LONGEST_LEVEL],
        counts_from=step.today,
        decided_by=step.actor.label,
        decided_at=step.now,
        **values,
    )
