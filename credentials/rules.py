"""How many renewals a practice carries on with, and its standing (A13). Pure Python.

docs/decisions/0013 says why the number is worked out and not kept, 0017 what good
standing is.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Seats:
    """A practice's seats of one program's renewal.

    Args:
        in_use: people it sponsors who hold a term and aren't left out.
        free: renewals it has bought and not used.
        given_up: how many of the free ones are not replaced once they are used, from
            0 to `free`.
    """

    in_use: int
    free: int
    given_up: int = 0

    @property
    def number(self) -> int:
        """How many it renews at the next renewal."""
        return self.in_use + self.free - self.given_up

    @property
    def to_pay(self) -> int:
        """How many of them it pays then; free ones are used first."""
        return max(self.number - self.free, 0)

    def too_many(self, number: int) -> int:
        """Say how many people must be left out to come down to a number."""
        return max(self.in_use - number, 0)

    def lowered(self, number: int) -> "Seats":
        """Give the seats after a decrease to a number, with so many left out.

        Raises:
            ValueError: the number isn't below the present one, or below zero.
        """
        if not 0 <= number < self.number:
            raise ValueError(number)
        stay = self.in_use - self.too_many(number)
        # What is above the people who stay are free seats that are replaced.
        return Seats(stay, self.free, self.free - (number - stay))


def still_given_up(given_up: int, *, used_since: int, free: int) -> int:
    """Say how many of the free seats are still given up.

    Args:
        given_up: how many there were at the last decrease.
        used_since: how many seats were used after it, or taken back with their money;
            each uses up one of them, so what is bought later counts in full.
        free: how many are free now.
    """
    return min(max(given_up - used_since, 0), free)


class Lack(StrEnum):
    """What keeps a practice from a body's documents."""

    TERM = "term"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class GoodStanding:
    """Whether a practice is in good standing with a body (A13).

    Args:
        lack: what is missing; None in good standing.
        since: the first day without it; None where there never was a term.
    """

    lack: Lack | None = None
    since: date | None = None

    @property
    def good(self) -> bool:
        """Whether nothing is missing."""
        return self.lack is None


def good_standing(
    *, covered_until: date | None, due_on: date | None, today: date
) -> GoodStanding:
    """Judge a practice's standing on a day (decision 0017).

    Args:
        covered_until: the last day of the latest term, of those that have begun, that
            one of its people holds; None where nobody ever held one.
        due_on: the earliest day on which an unpaid invoice was, or is, due.
    """
    if covered_until is None:
        return GoodStanding(Lack.TERM)
    if covered_until < today:
        return GoodStanding(Lack.TERM, covered_until + timedelta(days=1))
    if due_on is not None and due_on < today:
        return GoodStanding(Lack.PAYMENT, due_on + timedelta(days=1))
    return GoodStanding()
