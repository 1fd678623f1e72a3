"""A manager's one form about an application: approve, ask, refuse, hold, release."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ce_credits.services import due_day
from core.actor import Actor
from core.words import day_words
from renewals.models import Recertification
from renewals.services import (
    Verdict,
    ask_applicant,
    audit_application,
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
        act: `ask`, `audit`, `hold`, `release`, else a decision.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: it is the manager's own, or held.
        Stale: it is not under review any more, or changed since they saw it.
        NotUsable: the act is none, or lacks its words.
    """
    name = application.member.name
    day: dict[str, Any] = {"today": today}
    usual: dict[str, Any] = {
        "actor": actor,
        "application": application,
        "seen": act.seen,
        "now": now,
    }
    if act.name == "ask":
        ask_applicant(words=act.words, **day, **usual)
        return f"Asked: {name}. A mail says so."
    if act.name == "hold":
        hold_application(reason=act.words, **day, **usual)
        return f"Held: {name}. Nothing is approved until it is released."
    if act.name == "audit":
        due_on = due_day(program=application.program, today=today)
        audit_application(due_on=due_on, reason=act.words, **day, **usual)
        until = day_words(due_on)
        return f"Audited and held: {name}. A mail asks for proof by {until}."
    if act.name == "release":
        release_application(reason=act.words, **usual)
        return f"Released: {name}."
    decided = decide_application(verdict=Verdict(act.name, act.words), **day, **usual)
    return f"{decided.get_state_display()}: {name}. A mail says so."
