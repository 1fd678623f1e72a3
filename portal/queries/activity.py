"""One activity as its holder sees it: the credit line, and what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.models import Member
from ce_credits.models import Activity, ActivityStep
from credentials.policy import day_words, policy_for, zone_of
from portal.queries.learning import TAGS, CreditLine, credit_lines
from portal.queries.shown import Tag
from portal.queries.trail import when_words

HAPPENED = {
    ActivityStep.Kind.SUBMITTED: "Submitted",
    ActivityStep.Kind.RECORDED: "Recorded by staff",
    ActivityStep.Kind.ACCEPTED: "Approved",
    ActivityStep.Kind.REJECTED: "Not accepted",
    ActivityStep.Kind.RETURNED: "Needs information",
    ActivityStep.Kind.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True)
class Event:
    """One step: what, when, by whom, and the reason given."""

    word: str
    when_text: str
    who: str
    reason: str


@dataclass(frozen=True)
class ActivityPage:
    """All the template shows."""

    title: str
    tag: Tag
    facts: Sequence[tuple[str, str]]
    line: CreditLine | None
    history: Sequence[Event]


def my_activity(member: Member, activity_id: UUID) -> ActivityPage | None:
    """Read one of a member's activities; None where there is no such one of theirs."""
    found = Activity.objects.visible_to(member).shown().filter(pk=activity_id).first()
    if found is None:
        return None
    lines = credit_lines(member.pk, found.program, activity_id=found.pk)
    return ActivityPage(
        title=str(found),
        tag=TAGS[Activity.State(found.state)],
        facts=_facts(found),
        line=lines[0] if lines else None,
        history=[_event(step, found) for step in found.steps.order_by("-number")],
    )


def _facts(activity: Activity) -> list[tuple[str, str]]:
    facts = [
        ("Done on", day_words(activity.on) if activity.on else ""),
        ("Provider", activity.provider),
        ("Minutes", str(activity.minutes or "")),
        ("Licence number", activity.licence_number),
        ("Reported by", activity.reported_by),
    ]
    return [(label, value) for label, value in facts if value]


def _event(step: ActivityStep, activity: Activity) -> Event:
    ground = None
    if step.ground and activity.on:
        ground = policy_for(activity.program, on=activity.on).ground(step.ground)
    said = [ground.text[:1].upper() + ground.text[1:]] if ground else []
    return Event(
        word=HAPPENED[ActivityStep.Kind(step.kind)],
        when_text=when_words(step.at, zone_of(activity.program)),
        who=step.by,
        reason=". ".join([*said, *([step.words] if step.words else [])]),
    )
