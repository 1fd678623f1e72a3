"""How days, credits and money read in a sentence (English, one form everywhere)."""

from datetime import date
from decimal import Decimal

MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def day_words(day: date) -> str:
    """Spell a day: Dec 1, 2025."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def credit_words(credits: Decimal) -> str:
    """Write credits with one decimal, more only where they carry something: 0.75."""
    whole, _, tail = f"{credits:f}".partition(".")
    return f"{whole}.{tail.rstrip('0') or '0'}"


def number_words(number: Decimal) -> str:
    """Write a plain number without idle zeros: 2, 1.5."""
    return credit_words(number).removesuffix(".0")
