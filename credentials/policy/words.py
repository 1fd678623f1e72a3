"""How credits read in a sentence; days and money read as `core.words` has them."""

from decimal import Decimal

from core.words import day_words, money_words, span_words

__all__ = ["credit_words", "day_words", "money_words", "number_words", "span_words"]


def credit_words(credits: Decimal) -> str:
    """Write credits with one decimal, more only where they carry something: 0.75."""
    whole, _, tail = f"{credits:f}".partition(".")
    return f"{whole}.{tail.rstrip('0') or '0'}"


def number_words(number: Decimal) -> str:
    """Write a plain number without idle zeros: 2, 1.5."""
    return credit_words(number).removesuffix(".0")
