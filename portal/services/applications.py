"""A manager's one form about an application: approve, ask, refuse, hold, release."""

from dataclasses import dataclass
from datetime import date, datetime

from core.actor import Actor
from renewals.models import Recertification
from renewals.services import (
    Verdict,
    ask_applicant,
    decide_application,
    hold_application,
    release_application,
)


@dataclass(frozen=True)
class Act:
    """What a manager pressed, what they wrote, and the version they saw."""

    name: str
    words: str
    seen: int


def act_on(
    *,
    actor: Actor,
    application: Recertification,
    act: Act,
    today: date,
    now: datetime,
) -> str:
    """Do what a manager pressed, and say what was done.

    Args:
        actor: a manager of the body.
        application: one that was submitted to it.
        act: `ask`, `hold`, `release`, else a decision.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: it is the manager's own, or held.
        Stale: it is not under review any more, or changed since they saw it.
        NotUsable: the act is none, or lacks its words.
    """
    name = application.member.name
    if act.name == "ask":
        ask_applicant(
            actor=actor,
            application=application,
            seen=act.seen,
            words=act.words,
            today=today,
            now=now,
        )
        return f"Asked: {name}. A mail says so."
    if act.name == "hold":
        hold_application(
            actor=actor,
            application=application,
            reason=act.words,
            today=today,
            now=now,
            seen=act.seen,
        )
        return f"Held: {name}. Nothing is approved until it is released."
    if act.name == "release":
        release_application(
            actor=actor,
            application=application,
            reason=act.words,
            now=now,
            seen=act.seen,
        )
        return f"Released: {name}."
    decided = decide_application(
        actor=actor,
        application=application,
        seen=act.seen,
        verdict=Verdict(act.name, act.words),
        today=today,
        now=now,
    )
    return f"{decided.get_state_display()}: {name}. A mail says so."
