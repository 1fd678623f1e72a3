"""An order as a plain model knows it: numbers alone."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from billing.models import Order

ZERO = Decimal("0.00")


@dataclass
class Line:
    """What the model knows of a line."""

    code: str
    quantity: int
    amount: Decimal
    back: int = 0

    def take(self, count: int) -> Decimal:
        """Take some back; all that was taken comes to its share, rounded half-even."""
        before, self.back = self._share(self.back), self.back + count
        return self._share(self.back) - before

    def _share(self, count: int) -> Decimal:
        share = self.amount * count / self.quantity
        return share.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


@dataclass
class Bought:
    """What the model knows of an order."""

    row: Order
    lines: list[Line]
    settled: Decimal = ZERO
    refunded: Decimal = ZERO
    # What its one manager settled with nobody else's word.
    alone: Decimal = ZERO
    state: str = "awaiting"

    @property
    def total(self) -> Decimal:
        """What its lines add up to."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def rest(self) -> Decimal:
        """What is still to be paid."""
        return self.total - self.settled
