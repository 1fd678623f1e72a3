"""What a member reported, with the credit it was given and what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from ce_credits.models import Activity, ActivityStep, CreditAward
from ce_credits.rules import Credit

State = Activity.State
NOTHING = Decimal(0)
# Staff took its credit away; it may be corrected and sent again (A9).
SENT_BACK = (State.RETURNED, State.REJECTED)


@dataclass(frozen=True)
class Reported:
    """An activity; its awards and its steps, both the newest first."""

    activity: Activity
    awards: Sequence[CreditAward]
    steps: Sequence[ActivityStep]

    @property
    def state(self) -> Activity.State:
        """Where it stands."""
        return State(self.activity.state)

    @property
    def award(self) -> CreditAward | None:
        """The newest award; None where it never had credit."""
        return self.awards[0] if self.awards else None

    @property
    def submission(self) -> ActivityStep | None:
        """The newest step by which its holder submitted it."""
        kind = ActivityStep.Kind.SUBMITTED
        return next((step for step in self.steps if step.kind == kind), None)

    @property
    def waits(self) -> bool:
        """Whether staff have yet to determine its credit (A6)."""
        sent = self.submission if self.state == State.SUBMITTED else None
        return bool(sent and sent.facts.get("answer", {}).get("outcome") == "staff")

    @property
    def told(self) -> str:
        """What its holder was told of the credit on submitting it."""
        sent = self.submission
        return str(sent.facts.get("answer", {}).get("explanation", "")) if sent else ""

    @property
    def credit(self) -> Credit | None:
        """What counts of it now, as the rules take it."""
        award = self.award
        if award is None or not award.credits:
            return None
        return Credit(
            on=award.on,
            credits=award.credits,
            counts_from=award.counts_from,
            kind=award.kind,
            approved=bool(award.approved),
            title=award.title,
            level=award.level,
            topics=tuple(award.topics.split()),
        )

    @property
    def on(self) -> date | None:
        """The day it was done; None while it is being written."""
        return self.activity.on


def reported(
    member_id: UUID, program: str, *, activity_id: UUID | None = None
) -> list[Reported]:
    """Read what a member reported, the latest day first, in three statements.

    Drafts and what was withdrawn are left out; `activity_id` asks for one alone, of
    whatever state.
    """
    found = Activity.objects.filter(member=member_id, program=program)
    if activity_id:
        return read(found.filter(pk=activity_id))
    return read(found.exclude(state__in=(State.DRAFT, State.WITHDRAWN)))


def drafts_of(member_id: UUID, program: str) -> list[Activity]:
    """List what a member is writing and has never submitted, the newest first."""
    found = Activity.objects.filter(
        member=member_id, program=program, state=State.DRAFT
    )
    return list(
        found.select_related("catalogue_item", "member").order_by("-changed_at")
    )


def read(found: QuerySet[Activity]) -> list[Reported]:
    """Read activities with their awards and steps."""
    rows = (
        found.select_related("catalogue_item")
        .prefetch_related("awards", "steps")
        .order_by("-on", "-created_at", "pk")
    )
    return [
        Reported(
            activity=row,
            awards=sorted(row.awards.all(), key=lambda award: -award.sequence),
            steps=sorted(row.steps.all(), key=lambda step: -step.number),
        )
        for row in rows
    ]
