"""How many renewals a practice carries on with (A13). Pure Python.

docs/decisions/0013 says why it is worked out and not kept.
"""

from dataclasses import dataclass


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
