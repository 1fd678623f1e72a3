"""Whom a decree of more time can be given, and why others are left out (N7, N8)."""

from datetime import date

from credentials.policy import day_words
from renewals.rules.cycles.one import Cycle


def deadline_of(cycle: Cycle, day: date) -> date:
    """The last day to apply without reinstatement's price, as granted by a day."""
    return cycle.granted_until(day) or cycle.last_on


def why_not_moved(cycle: Cycle | None, until: date, *, on: date, today: date) -> str:
    """Say why a decree gives nothing; empty where it gives more time.

    Args:
        cycle: the oldest not recertified on the day of the decree; None for none.
        until: the last day of the time given.
        on: the day of the decree: whoever had not lapsed then is given it.
        today: the day that is asked on; what is decided by then is decided.
    """
    if cycle is None:
        return "They hold no certification."
    if cycle.recertified_by(max(on, today)):
        return "Decided already: the cycle is recertified."
    if cycle.standing(on) == "expired":
        return f"Expired: only a new exam helps since {_since(cycle)}."
    if cycle.lapsed_by(on):
        return "Lapsed already: reinstatement is open to them."
    has = deadline_of(cycle, today)
    if until <= has:
        return f"They have until {day_words(has)} already."
    if until > cycle.season.grace_until:
        last = day_words(cycle.season.grace_until)
        return f"Their grace ends {last}: no decree runs longer."
    if until < on:
        return f"It would have ended {day_words(until)}."
    return ""


def _since(cycle: Cycle) -> str:
    return day_words(cycle.season.expires_on)
