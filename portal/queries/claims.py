"""What was claimed by a report, and the credit it has now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from ce_credits.models import Activity, ActivityStep, CreditAward
from credentials.policy import credit_words, policy_for


@dataclass(frozen=True)
class Claim:
    """A report in figures: what it was worth when it was sent in, and what it is now.

    `claimed` is None where the rules left it to staff; `given` where nothing counts
    yet. `reported` is what was sent in, as plain values.
    """

    kind_label: str
    minutes: int | None
    unit: str
    claimed: Decimal | None
    given: Decimal | None
    reported: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The claim in words: 45 min, 1.0 CME."""
        length = f"{self.minutes} min, " if self.minutes else ""
        return f"{length}{credit_text(self.claimed, self.unit)}"

    @property
    def given_text(self) -> str:
        """The credit it has now."""
        return credit_text(self.given or Decimal(0), self.unit)


def credit_text(credits: Decimal | None, unit: str) -> str:
    """Write credit with its unit; none where the rules leave it to staff (A6)."""
    return "not computed" if credits is None else f"{credit_words(credits)} {unit}"


def claims(activities: Sequence[Activity]) -> dict[UUID, Claim]:
    """Read what was claimed by each of some activities, in two statements."""
    ids = [activity.pk for activity in activities]
    steps = ActivityStep.objects.filter(
        activity__in=ids, kind=ActivityStep.Kind.SUBMITTED
    ).order_by("number")
    # The newest of each is the last one put in.
    sent: dict[UUID, Mapping[str, Any]] = dict(steps.values_list("activity", "facts"))
    awards: defaultdict[UUID, list[CreditAward]] = defaultdict(list)
    for award in CreditAward.objects.filter(activity__in=ids).order_by("sequence"):
        awards[award.activity_id].append(award)
    return {
        activity.pk: _claim(activity, sent.get(activity.pk, {}), awards[activity.pk])
        for activity in activities
    }


def _claim(
    activity: Activity, sent: Mapping[str, Any], awards: Sequence[CreditAward]
) -> Claim:
    policy = policy_for(activity.program, on=activity.day)
    kind = policy.kind(activity.kind)
    answer = sent.get("answer", {})
    # What staff recorded themselves was never claimed: it is what they gave it.
    claimed = awards[0].credits if awards else None
    if answer:
        claimed = Decimal(answer["credits"]) if answer["credits"] else None
    return Claim(
        kind_label=kind.label if kind else activity.kind,
        minutes=sent.get("minutes", activity.minutes),
        unit=kind.unit if kind else policy.unit,
        claimed=claimed,
        given=awards[-1].credits if awards else None,
        reported=sent,
    )
