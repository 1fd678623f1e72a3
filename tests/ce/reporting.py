"""Steps that several of these files take: a draft with proof, submitted, decided on."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import Member
from ce_credits.models import Activity
from ce_credits.queries import credits_by_member
from ce_credits.services import Report, Ruling, decide, start_draft, submit
from core.actor import Actor
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_proof

DONE = date(2025, 10, 2)


def reviewer(cast: Cast) -> Actor:
    """Erin, who reviews for the body."""
    return Actor(cast.erin.name, user_id=cast.erin.pk)


def holder(member: Member) -> Actor:
    """A member at their own record."""
    return Actor(member.name, user_id=member.user_id)


def a_report(minutes: object = 45, **facts: object) -> Report:
    """A webinar as somebody reports it."""
    usual: dict[str, Any] = {
        "kind": "webinar",
        "title": "Webinar",
        "on": DONE,
        "licence_number": "CMSS-1",
        "minutes": minutes,
    }
    return Report(**usual | facts)


def a_draft(member: Member, *, proof: bool = True, **file: object) -> Activity:
    """An activity that its holder began to write; `file` says more of its proof."""
    activity = start_draft(
        actor=holder(member), member=member, program=BODY, typed={}, now=NOW
    )
    if proof:
        a_proof(activity, **file)  # type: ignore[arg-type]
    return activity


def submitted(
    member: Member,
    minutes: object = 45,
    *,
    today: date = TODAY,
    now: datetime = NOW,
    file: Mapping[str, Any] | None = None,
    again: Activity | None = None,
    **facts: object,
) -> Activity:
    """An activity that waits for review; `again` is one that was sent back."""
    activity = again or a_draft(member, **(file or {}))
    return submit(
        actor=holder(member),
        activity=activity,
        seen=activity.version,
        report=a_report(minutes, **facts),
        today=today,
        now=now,
    )


def decided(
    activity: Activity, outcome: str, *, today: date = TODAY, **ruling: object
) -> Activity:
    """What staff say of it, having seen its newest version."""
    usual: dict[str, dict[str, Any]] = {
        "rejected": {"ground": "no_proof"},
        "returned": {"words": "Page 2?"},
    }
    return decide(
        actor=TESTER,
        activity=activity,
        seen=activity.version,
        ruling=Ruling(outcome, **{**usual.get(outcome, {}), **ruling}),
        today=today,
        now=NOW,
    )


def counts(member: Member, day: date = TODAY) -> Decimal:
    """What of a member's credit counts at the end of a day."""
    found = credits_by_member([member.pk], BODY)[member.pk]
    return sum(
        (each.credits for each in found if each.counts_as_of(day)), start=Decimal(0)
    )
