"""When a card that was declined is tried again (A11), and why it was declined."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta


def turn_due(
    days: Sequence[int], first_on: date, *, last: int | None, today: date
) -> int | None:
    """Say which try is due: the latest whose day has come, None where none is.

    So after days in which nothing ran one try is made, not one for each day missed.

    Args:
        days: on which days after the first the card is tried, rising.
        first_on: the day the first try belongs to.
        last: the last try that was made, counted from 0; None before the first.
        today: the day it is.
    """
    come = [
        turn
        for turn, after in enumerate(days)
        if first_on + timedelta(days=after) <= today
    ]
    latest = max(come, default=None)
    if latest is None or (last is not None and latest <= last):
        return None
    return latest


def next_try(
    days: Sequence[int], first_on: date, *, last: int, today: date
) -> date | None:
    """Say when a card is tried again after a failed try; None after the last one.

    Args:
        days: on which days after the first the card is tried, rising.
        first_on: the day the first try belongs to.
        last: the try that failed, counted from 0.
        today: the day it is; a try that is due already is made today.
    """
    if last + 1 >= len(days):
        return None
    return max(first_on + timedelta(days=days[last + 1]), today)


# A payment came, and not the one that was asked for: nothing more is taken.
WRONG_AMOUNT = "wrong_amount"
DECLINED = "The bank declined the card."
# The provider's codes that tell an administrator something; all others say DECLINED.
WORDS: Mapping[str, str] = {
    "authentication_required": "The bank asks you to confirm the payment yourself.",
    "expired_card": "The card has expired.",
    "insufficient_funds": "The card has too little left.",
    "lost_card": "The bank has closed the card.",
    "stolen_card": "The bank has closed the card.",
    "processing_error": "The bank could not process the payment.",
    "refused": "The card provider no longer knows the card.",
    WRONG_AMOUNT: "A payment came that was not asked for. We look into it.",
    "unreachable": "The card provider could not be reached.",
}


def decline_words(code: str) -> str:
    """Say why a charge failed, by the provider's code."""
    return WORDS.get(code, DECLINED)
