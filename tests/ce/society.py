"""Reports to the body of cycles, whose kinds ask more than time."""

from datetime import date
from typing import Any

from accounts.models import Member
from ce_credits.models import Activity
from ce_credits.queries import chains_by_member
from ce_credits.rules import Credit
from ce_credits.services import Report, start_draft, submit
from credentials.models import Certification
from tests.cast import NOW, TODAY, a_proof
from tests.ce.reporting import holder

SOCIETY = "namss"
DONE = date(2025, 10, 2)


def certified(
    member: Member, *, on: date = date(2024, 5, 10), number: str = "CPCS-100"
) -> Certification:
    """Give a member the society's first credential, without anybody reacting."""
    return Certification.objects.create(
        member=member,
        program=SOCIETY,
        code="CPCS",
        number=number,
        earned_on=on,
        proof="seen",
        recorded_by="tests",
        recorded_at=NOW,
    )


def a_report(kind: str, *, on: date = DONE, title: str = "", **facts: Any) -> Report:  # noqa: ANN401
    """An activity as somebody reports it; what isn't its time is what its kind asks."""
    minutes = facts.pop("minutes", None)
    return Report(
        kind=kind, title=title or f"Done: {kind}", on=on, minutes=minutes, inputs=facts
    )


def submitted(member: Member, report: Report) -> Activity:
    """Have its holder write it, prove it and submit it."""
    activity = start_draft(
        actor=holder(member), member=member, program=SOCIETY, typed={}, now=NOW
    )
    a_proof(activity)
    return submit(
        actor=holder(member),
        activity=activity,
        seen=activity.version,
        report=report,
        today=TODAY,
        now=NOW,
    )


def credit_of(activity: Activity) -> Credit:
    """The credit that an activity has now, as the rules take it."""
    chains = chains_by_member([activity.member_id], SOCIETY)
    return chains[activity.member_id][activity.pk][-1]
