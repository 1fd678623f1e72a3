"""How an order's number is spelled, and what parts of a line come to."""

from decimal import ROUND_HALF_EVEN, Decimal

from billing.rules.pricing import CENT

# Without the letters and digits that are taken for each other on the phone.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def order_number(picks: bytes) -> str:
    """Spell a number out of eight random bytes: ORD-7K4M-2XQ9."""
    signs = "".join(SIGNS[each % len(SIGNS)] for each in picks[:LENGTH])
    return f"ORD-{signs[:4]}-{signs[4:]}"


def part_of(amount: Decimal, quantity: int, before: int, more: int) -> Decimal:
    """Say what some of a line come to, so that all parts add up to the line.

    Args:
        amount: the whole line.
        quantity: how many the line has.
        before: how many were taken back earlier.
        more: how many are taken back now.
    """
    return _share(amount, quantity, before + more) - _share(amount, quantity, before)


def _share(amount: Decimal, quantity: int, count: int) -> Decimal:
    share = amount * count / quantity
    return share.quantize(CENT, rounding=ROUND_HALF_EVEN)
