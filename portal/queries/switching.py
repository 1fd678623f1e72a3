"""How somebody's next renewal comes about, and what switching that would mean (A11)."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Practice, Sponsorship
from credentials.policy import day_words, versions_of
from portal.addresses import practice_url
from portal.queries.shown import left_out_words
from portal.queries.waiting import member_waits
from renewals.queries import paying_card
from renewals.rules import arrived

AUTO, MANUAL = Sponsorship.Mode.AUTO, Sponsorship.Mode.MANUAL


@dataclass(frozen=True)
class Switch:
    """What happens now, and a button for the other way with what happens then."""

    now: str
    then: str
    mode: str
    button: str
    program: str
    url: str


@dataclass(frozen=True)
class Past:
    """What was tried for the newest term.

    Args:
        joined: whether they may wait for the practice's card.
        tried: whether auto-renewal tried already.
    """

    joined: bool
    tried: bool


def switch(
    practice: Practice,
    row: Sponsorship,
    last_on: date | None,
    *,
    left_from: date | None = None,
    past: Past,
    today: date,
) -> Switch:
    """Say how a sponsored member renews, with the way to change it.

    Args:
        practice: who sponsors them.
        row: the sponsorship, with its member.
        last_on: the last day of the member's newest term; None before the first.
        left_from: since when they are left out; None where they aren't.
        past: what was tried for the newest term.
        today: the day it is in the body's zone.
    """
    mode = AUTO if row.renewal_mode == MANUAL else MANUAL
    now = _words(row, last_on, today, past)
    if left_from:
        now = (
            f"{left_out_words(left_from)}: no renewal is used. Switch to "
            "auto-renewal, or assign a renewal, to take them back in."
        )
    return Switch(
        now=now,
        then=_after(row, last_on, today, past) if mode == AUTO else "",
        mode=mode,
        button=f"Switch to {mode.label.lower()}",
        program=row.program,
        url=practice_url(practice.slug, "renewal_mode", member_id=row.member_id),
    )


def _words(row: Sponsorship, last_on: date | None, today: date, past: Past) -> str:
    mode = Sponsorship.Mode(row.renewal_mode)
    if last_on is None:
        return f"{mode.label}, from the first renewal date on."
    renewal_on = last_on + timedelta(days=1)
    if renewal_on <= today:
        waits = member_waits(row, today=today) if past.joined else ""
        if waits:
            return f"{mode.label}: no renewal was left. {waits}"
        return (
            f"{mode.label}. The renewal date has passed: assign a renewal on the "
            "assignments page."
        )
    day = day_words(renewal_on)
    if mode == AUTO:
        card = paying_card(row.practice, row.program, today=today)
        or_card = f" If none is left, your card, {card}, pays." if card else ""
        return f"{mode.label}: one of your renewals is used on {day}.{or_card}"
    return (
        f"{mode.label}: assign a renewal by {day}, or {row.member.first_name} is not "
        "current from that day on."
    )


def _after(row: Sponsorship, last_on: date | None, today: date, past: Past) -> str:
    """Say what auto-renewal would do, before anybody chooses it."""
    if last_on is None:
        return "Auto-renewal uses one of your renewals on each renewal date."
    if last_on >= today:
        day = day_words(last_on + timedelta(days=1))
        return f"Auto-renewal would use one of your renewals on {day}."
    spans = arrived(versions_of(row.program), today)
    if any(last_on in span for span in spans) and not past.tried:
        return "Auto-renewal would use one of your renewals within minutes."
    return "Auto-renewal would begin with the next renewal date."
