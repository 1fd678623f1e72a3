"""How a card provider counts money, and which day a payment by card counts on."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

# What the provider counts in other parts than hundredths; no list of prices has them.
UNCOMMON = frozenset(
    (
        *("BHD", "BIF", "CLP", "DJF", "GNF", "ISK", "JOD", "JPY", "KMF", "KRW", "KWD"),
        *("MGA", "OMR", "PYG", "RWF", "TND", "UGX", "UYI", "VND", "VUV", "XAF", "XOF"),
        "XPF",
    )
)
# What the provider takes at least and at most, in hundredths.
LEAST, MOST = 50, 99_999_999


def in_cents(amount: Decimal, currency: str) -> int | None:
    """Say an amount in hundredths, None where it can't be paid by card.

    Args:
        amount: whole cents.
        currency: its three letters; those without hundredths are not taken.
    """
    cents = amount * 100
    whole = int(cents)
    if currency in UNCOMMON or whole != cents or not LEAST <= whole <= MOST:
        return None
    return whole


def day_of_payment(*, paid: date, placed: date, today: date) -> date:
    """Say which day a payment counts on: when it was made, not when we heard (N5).

    Args:
        paid: the provider's day, in the body's zone.
        placed: the day of the order; nobody paid before.
        today: the day it is; nobody pays tomorrow.
    """
    return min(max(paid, placed), today)


BRANDS: Mapping[str, str] = {
    "amex": "American Express",
    "diners": "Diners Club",
    "discover": "Discover",
    "jcb": "JCB",
    "mastercard": "Mastercard",
    "unionpay": "UnionPay",
    "visa": "Visa",
}


def brand_words(brand: str) -> str:
    """Say a card's brand as people know it, by the provider's code."""
    return BRANDS.get(brand, "Card")


def has_expired(*, month: int, year: int, today: date) -> bool:
    """Say whether a card's last month is over."""
    return (today.year, today.month) > (year, month)
