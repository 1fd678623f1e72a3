"""What things cost and how money moves: pure Python, no clock, no database."""

from billing.rules.cards import brand_words, day_of_payment, has_expired, in_cents
from billing.rules.journal import (
    Account,
    Move,
    moves_of_cancelling,
    moves_of_paying,
    moves_of_placing,
    moves_of_refunding,
    moves_of_using_credit,
)
from billing.rules.numbers import order_number, part_of
from billing.rules.pricing import (
    MOST_OF_ONE,
    Asked,
    Audience,
    Break,
    NotForSale,
    Offer,
    PricedLine,
    priced,
    total_of,
)
from billing.rules.retries import decline_words, next_try, turn_due

__all__ = [
    "MOST_OF_ONE",
    "Account",
    "Asked",
    "Audience",
    "Break",
    "Move",
    "NotForSale",
    "Offer",
    "PricedLine",
    "brand_words",
    "day_of_payment",
    "decline_words",
    "has_expired",
    "in_cents",
    "moves_of_cancelling",
    "moves_of_paying",
    "moves_of_placing",
    "moves_of_refunding",
    "moves_of_using_credit",
    "next_try",
    "order_number",
    "part_of",
    "priced",
    "total_of",
    "turn_due",
]
