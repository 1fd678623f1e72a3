"""How days and money read in a sentence (English, one form everywhere). Pure Python."""

from datetime import date, datetime, time
from decimal import Decimal

NOON = 12
MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def day_words(day: date) -> str:
    """Spell a day: Dec 1, 2025."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def month_words(day: date) -> str:
    """Spell the month of a day: Dec 2025."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def span_words(first: date, last: date) -> str:
    """Spell a span of days: Dec 1, 2025, or Nov 28 to Dec 1, 2025."""
    if first == last:
        return day_words(first)
    begins = day_words(first)
    if first.year == last.year:
        begins = begins.rpartition(",")[0]
    return f"{begins} to {day_words(last)}"


def instant_words(local: datetime) -> str:
    """Write what a wall clock shows, with its zone: Dec 1, 2025, 9:05 AM EST."""
    return f"{day_words(local)}, {hour_words(local.time())} {local.tzname()}"


def hour_words(hour: time) -> str:
    """Write an hour of the day, as `instant_words` does: 5:00 PM."""
    half = "AM" if hour.hour < NOON else "PM"
    return f"{hour.hour % NOON or NOON}:{hour.minute:02} {half}"


def money_words(amount: Decimal, currency: str) -> str:
    """Write money with its currency: $1,085.00, 85.00 EUR."""
    return f"${amount:,.2f}" if currency == "USD" else f"{amount:,.2f} {currency}"
