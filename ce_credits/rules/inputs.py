"""What a member reports about an activity, taken as it comes and then judged.

Nothing here trusts a type: forms, files and the API may hand over anything, and what
cannot be used is refused with a sentence, never with an exception.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial

from credentials.policy import number_words

MAX_DIGITS = 40
"""Digits beyond which a number is no report of anything (and slow to work with)."""

TOO_LARGE: int = 10**MAX_DIGITS

WEBSITE = re.compile(r"(https?://)?[^\s/.@]+(\.[^\s/.@]+)+(:\d+)?([/?#]\S*)?", re.I)
"""An address as somebody types it, with or without https."""

STORED_MINUTES = 10**9
"""Above this many minutes an answer keeps no figure: no table would hold it."""


@dataclass(frozen=True, slots=True)
class ActivityInput:
    """One activity as reported: its kind, its day, and what the kind asks.

    `minutes` and `hours` say the same thing; one of them is enough. Both are taken
    raw, because what may stand there is a rule of the body (A6). `stated_credits` is
    what the provider stated (M13), `profession` what the member is (M5); `topics` are
    the body's codes of what it was about (M8), `website` where it was studied (M9).
    """

    kind: str
    on: date
    minutes: object = None
    title: str | None = None
    hours: object = None
    positions: object = None
    level: str | None = None
    housekeeping_minutes: object = None
    academic_credits: object = None
    paid: object = None
    stated_credits: object = None
    profession: object = None
    topics: object = None
    website: object = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an input cannot count: the input as shown, and the sentence.

    `asks` marks what is not wrong but missing: the length has yet to be given (A7).
    `field` is the input that stands in the way, as `ActivityInput` names it.
    """

    shown: str
    text: str
    asks: bool = False
    field: str = "minutes"


def exact(value: object) -> Decimal | None:
    """Take an integer or a decimal as a number; None for anything else.

    A float is refused like text: it may no longer be the number that was typed (X4).
    """
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    if isinstance(value, int):
        # Converting an integer of a million digits would cost minutes of its own.
        return Decimal(max(min(value, 10 * TOO_LARGE), -10 * TOO_LARGE))
    return value if value.is_finite() else None


def shown(value: object) -> str:
    """Show an input in a sentence: cut short, and nothing that a database refuses."""
    match value:
        case bool():
            return str(value).lower()
        case int() if abs(value) >= TOO_LARGE:
            return "a very large number of"
        case Decimal() if value.is_finite() and abs(value.adjusted()) < MAX_DIGITS:
            text = number_words(value)
        case int() | float() | Decimal() | str():
            text = str(value)
        case _:
            return "an unknown number of"
    cut = text if len(text) <= MAX_DIGITS else f"{text[:MAX_DIGITS]}..."
    return "".join(mark if mark.isprintable() else "?" for mark in cut)


def whole_minutes(minutes: object, hours: object) -> int | Refusal:
    """Read the whole minutes above zero that were reported, or say why there are none.

    Hours are decimals that give whole minutes: 0.75 is 45, 0.33 is refused.
    """
    if minutes is not None and hours is not None:
        both = f"{shown(minutes)} min and {shown(hours)} h"
        return Refusal(both, "give minutes or hours, not both")
    if minutes is None and hours is None:
        return Refusal("no length", "give the minutes", asks=True)
    if hours is not None:
        return _whole(hours, scale=60, label=f"{shown(hours)} h", unit="hours")
    return _whole(minutes, scale=1, label=f"{shown(minutes)} min", unit="minutes")


def _whole(value: object, *, scale: int, label: str, unit: str) -> int | Refusal:
    number = exact(value)
    if number is None:
        return Refusal(label, f"{unit} must be a number")
    if number <= 0:
        return Refusal(label, f"{unit} must be above 0")
    if number.adjusted() > MAX_DIGITS:
        return TOO_LARGE  # whole, and above every band there can be
    if len(number.as_tuple().digits) > MAX_DIGITS or number.adjusted() < -MAX_DIGITS:
        return Refusal(label, f"{unit} must come to whole minutes")
    result = Fraction(number) * scale
    if result.denominator != 1:
        return Refusal(label, f"{unit} must come to whole minutes")
    return int(result)


def housekeeping(value: object, minutes: int) -> int | Refusal:
    """Read how many of the minutes were housekeeping: whole, none when absent (N9)."""
    if value is None:
        return 0
    number = exact(value)
    refuse = partial(
        Refusal, f"{shown(value)} min of housekeeping", field="housekeeping_minutes"
    )
    if number is None or number < 0 or not _is_whole(number):
        return refuse("give whole minutes, 0 or more")
    if number > minutes:
        return refuse("is more than the whole activity")
    return int(number)


def above_zero(value: object) -> Decimal | Refusal:
    """Read a number above zero, such as a course's academic credits (N10)."""
    number = exact(value)
    if number is None or not 0 < number < STORED_MINUTES:
        given = "no number" if value is None else shown(value)
        return Refusal(given, "give a number above 0", field="academic_credits")
    return number


def stated(value: object) -> Decimal | Refusal:
    """Read the credit that a provider stated: above zero (M13)."""
    found = above_zero(value)
    return (
        replace(found, field="stated_credits") if isinstance(found, Refusal) else found
    )


def whole_count(value: object) -> int | Refusal:
    """Read how many positions were held: a whole number above zero; absent, one."""
    if value is None:
        return 1
    number = exact(value)
    if number is None or not 0 < number < STORED_MINUTES or not _is_whole(number):
        text = "give a whole number above 0"
        return Refusal(shown(value), text, field="positions")
    return int(number)


def about(value: object, known: tuple[str, ...]) -> tuple[str, ...] | Refusal:
    """Read what an activity was about: codes of the body's own list, each once (M8)."""
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)):
        return Refusal(shown(value), "give a list of topics", field="topics")
    for each in value:
        if each not in known:
            text = f"is no topic here (there are: {', '.join(known)})"
            return Refusal(shown(each), text, field="topics")
    return tuple(dict.fromkeys(value))


def website(value: object) -> Refusal | None:
    """Refuse what names no website: a host such as example.org, or a whole address."""
    if isinstance(value, str) and WEBSITE.fullmatch(value.strip()):
        return None
    given = shown(value) if isinstance(value, str) and value.strip() else "no website"
    return Refusal(given, "name the website it was studied on", field="website")


def _is_whole(number: Decimal) -> bool:
    """Say whether a number is whole, without ever writing its digits out."""
    return number == number.to_integral_value()
