"""The journal's accounts, and which account each happening moves money from and to."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Account(StrEnum):
    """Where money stands.

    Receivable is what payers owe, credit what they are owed, refunds what was given
    back of what was earned.
    """

    RECEIVABLE = "receivable"
    CASH = "cash"
    REVENUE = "revenue"
    FEES = "fees"
    REFUNDS = "refunds"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the journal: an amount above zero, debited here and credited there."""

    debit: Account
    credit: Account
    amount: Decimal


def moves_of_placing(*, products: Decimal, fees: Decimal) -> tuple[Move, ...]:
    """Book what an order asks for: it is owed and earned."""
    return _above_zero(
        Move(Account.RECEIVABLE, Account.REVENUE, products),
        Move(Account.RECEIVABLE, Account.FEES, fees),
    )


def moves_of_cancelling(
    *, products: Decimal, fees: Decimal, paid: Decimal
) -> tuple[Move, ...]:
    """Book the same the other way round; what was paid of it becomes credit."""
    return _above_zero(
        Move(Account.REVENUE, Account.RECEIVABLE, products),
        Move(Account.FEES, Account.RECEIVABLE, fees),
        Move(Account.RECEIVABLE, Account.CREDIT, paid),
    )


def moves_of_paying(*, owed: Decimal, over: Decimal) -> tuple[Move, ...]:
    """Book money that came in: what was owed is settled, the rest is kept as credit."""
    return _above_zero(
        Move(Account.CASH, Account.RECEIVABLE, owed),
        Move(Account.CASH, Account.CREDIT, over),
    )


def moves_of_using_credit(*, owed: Decimal) -> tuple[Move, ...]:
    """Book what a payer's credit settles."""
    return _above_zero(Move(Account.CREDIT, Account.RECEIVABLE, owed))


def moves_of_refunding(*, money: Decimal, kept: Decimal) -> tuple[Move, ...]:
    """Book what is given back: as money, or kept as the payer's credit."""
    return _above_zero(
        Move(Account.REFUNDS, Account.CASH, money),
        Move(Account.REFUNDS, Account.CREDIT, kept),
    )


def _above_zero(*moves: Move) -> tuple[Move, ...]:
    return tuple(each for each in moves if each.amount > 0)
