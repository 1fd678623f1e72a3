"""Where seats don't agree: counters, ledgers and what was assigned."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import (
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from credentials.models import (
    Assignment,
    SeatEntry,
    SeatPool,
)


@dataclass(frozen=True)
class SeatFault:
    """A pool whose figures contradict each other.

    `counted` is its counter of available seats, `ledger` the sum of the ledger's lines,
    `used` its counter of used seats, `assigned` how many assignments there are.
    """

    practice: str
    product: str
    counted: int
    ledger: int
    used: int
    assigned: int

    @property
    def text(self) -> str:
        """Say what doesn't agree."""
        parts = []
        if self.counted != self.ledger:
            parts.append(
                f"{self.counted} are shown as available, the ledger has {self.ledger}"
            )
        if self.used != self.assigned:
            parts.append(
                f"{self.used} are counted as used, {self.assigned} are assigned"
            )
        return "; ".join(parts) + "."


def seat_faults(program: str = "") -> Sequence[SeatFault]:
    """Find pools whose counters differ from their ledger or their assignments.

    It reads all of them in one statement and changes none.

    Args:
        program: one body's alone; empty for all.
    """
    pools = SeatPool.objects.filter(product__program=program or F("product__program"))
    found = pools.annotate(
        ledger=Coalesce(_ledger(), 0), assigned=Coalesce(_assigned(), 0)
    ).filter(~Q(ledger=F("granted") - F("used")) | ~Q(assigned=F("used")))
    rows = found.order_by("practice__name", "product__order").values(
        "granted",
        "used",
        "ledger",
        "assigned",
        practice_name=F("practice__name"),
        label=F("product__label"),
    )
    return [
        SeatFault(
            practice=row["practice_name"],
            product=row["label"],
            counted=row["granted"] - row["used"],
            ledger=row["ledger"],
            used=row["used"],
            assigned=row["assigned"],
        )
        for row in rows
    ]


def _ledger() -> Subquery:
    entries = SeatEntry.objects.filter(pool=OuterRef("pk")).order_by()
    sums = entries.values("pool").annotate(sum=Sum("delta")).values("sum")
    return Subquery(sums, output_field=IntegerField())


def _assigned() -> Subquery:
    given = (
        Assignment.objects.filter(
            practice=OuterRef("practice"), product=OuterRef("product")
        )
        .exclude(state=Assignment.State.UNDONE)
        .order_by()
    )
    counts = given.values("practice").annotate(count=Count("pk")).values("count")
    return Subquery(counts, output_field=IntegerField())
