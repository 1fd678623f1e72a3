"""Credit by bands of whole minutes, with no minute left without an answer.

A pack says its bands as published ("less than 30", "over 30 and up to 60"). What the
published bands leave open has to be declared as a gap with its own answer, and so has
everything beyond the last band: an undeclared gap or an overlap is an error.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal, assert_never

from credentials.policy.basis import Basis, read_basis
from credentials.policy.reading import (
    Table,
    as_count,
    as_positive,
    as_share,
    as_text,
    one_of,
)

Outcome = Literal["awarded", "staff", "refused"]


@dataclass(frozen=True, slots=True)
class Band:
    """Whole minutes from `first` to `last`, their credits and the index number.

    `over` and `up_to` say whether the published edge is open: "over 30" starts at 31,
    "under 30" ends at 29.
    """

    first: int
    last: int
    credits: Decimal
    index: str | None
    open_below: bool
    open_above: bool

    def words(self) -> str:
        """Say the band as it is published."""
        above = f"under {self.last + 1}" if self.open_above else f"up to {self.last}"
        if self.first == 1:
            return f"band {above} min"
        below = f"over {self.first - 1}" if self.open_below else f"from {self.first}"
        return f"band {below} and {above} min"

    def words_with(self, gap: "Gap") -> str:
        """Say the band as widened by a gap that a ruling gave to it."""
        if gap.first > self.last:
            wider = replace(self, last=gap.last, open_above=False)
        else:
            wider = replace(self, first=gap.first, open_below=False)
        return wider.words()


@dataclass(frozen=True, slots=True)
class Gap:
    """Whole minutes the published bands leave open, and what answers for them."""

    first: int
    last: int
    takes: Literal["lower", "upper", "staff", "refused"]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bands say to a number of minutes."""

    outcome: Outcome
    band: Band | None
    words: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands in rising order, their declared gaps, and what lies beyond the last."""

    basis: Basis
    rows: tuple[Band, ...]
    gaps: tuple[Gap, ...]
    beyond: Gap

    @property
    def staff_over(self) -> int:
        """Minutes above which no band is left."""
        return self.rows[-1].last

    def answer(self, minutes: int) -> Answer:
        """Find the one answer for whole minutes above zero."""
        for row in self.rows:
            if row.first <= minutes <= row.last:
                return Answer("awarded", row, row.words(), self.basis)
        for gap in self.gaps:
            if gap.first <= minutes <= gap.last:
                return self._answer_of(gap)
        return self._answer_of(self.beyond)

    def _answer_of(self, gap: Gap) -> Answer:
        match gap.takes:
            case "staff" | "refused":
                words = f"over {gap.first - 1} min is outside the published bands"
                if gap is not self.beyond:
                    words = f"{gap.first} min is in no published band"
                return Answer(gap.takes, None, words, gap.basis)
            case "lower":
                row = max(
                    (row for row in self.rows if row.last < gap.first),
                    key=lambda row: row.last,
                )
            case "upper":
                row = min(
                    (row for row in self.rows if row.first > gap.last),
                    key=lambda row: row.first,
                )
            case _:
                assert_never(gap.takes)
        return Answer("awarded", row, row.words_with(gap), gap.basis)


def read_bands(table: Table, sources: tuple[str, ...]) -> Bands:
    """Read `[bands]`; raise the table's error for a gap, an overlap or a fall."""
    basis = read_basis(table, sources)
    row_tables = table.tables("rows")
    rows = tuple(_read_band(row) for row in row_tables)
    gap_tables = table.tables("gaps")
    gaps = tuple(_read_gap(gap, sources) for gap in gap_tables)
    if not rows:
        table.fail("rows", "must hold at least one band")
    _check_rows_rise(row_tables, rows)
    _check_cover(table, gap_tables, rows, gaps)
    beyond = _read_beyond(table.table("beyond"), sources, last=rows[-1].last)
    table.close()
    return Bands(basis, rows, gaps, beyond)


def _read_band(table: Table) -> Band:
    first, open_below = _edge(table, outside="over", inside="from", step=1)
    last, open_above = _edge(table, outside="under", inside="up_to", step=-1)
    credits = table.need("credits", as_share)
    index = table.maybe("index", as_text)
    table.close()
    if first > last:
        table.fail("", f"holds no whole minute (from {first} to {last})")
    return Band(first, last, credits, index, open_below, open_above)


def _edge(table: Table, *, outside: str, inside: str, step: int) -> tuple[int, bool]:
    """Read one edge of a band: the first or last whole minute in it, and if open."""
    beyond = table.maybe(outside, as_count)
    within = table.maybe(inside, as_positive)
    if beyond is not None and within is not None:
        table.fail(inside, f'says the same edge as "{outside}"; keep one')
    if beyond is not None:
        return beyond + step, True
    if within is None:
        table.fail(inside, f'is missing (or "{outside}")')
    return within, False


def _read_gap(table: Table, sources: tuple[str, ...]) -> Gap:
    first = table.need("from", as_positive)
    last = table.need("up_to", as_positive)
    takes = table.need("takes", one_of(("lower", "upper", "staff", "refused")))
    basis = read_basis(table, sources)
    table.close()
    if first > last:
        table.fail("up_to", f"must not be below {first}")
    if not basis.is_ruling:
        table.fail("ruling", "a gap is answered by a ruling; add ruling = true")
    return Gap(first, last, _takes(takes), basis)


def _read_beyond(table: Table, sources: tuple[str, ...], *, last: int) -> Gap:
    over = table.need("over", as_positive)
    takes = table.need("takes", one_of(("staff", "refused")))
    basis = read_basis(table, sources)
    table.close()
    if over != last:
        table.fail("over", f"must be {last}, where the last band ends")
    return Gap(over + 1, over + 1, _takes(takes), basis)


def _takes(word: str) -> Literal["lower", "upper", "staff", "refused"]:
    match word:
        case "lower" | "upper" | "staff":
            return word
        case _:
            return "refused"


def _check_rows_rise(tables: tuple[Table, ...], rows: tuple[Band, ...]) -> None:
    for table, (before, row) in zip(tables[1:], pairwise(rows), strict=True):
        if row.first <= before.last:
            table.fail(
                "", f"overlaps the band before it ({row.first} to {before.last} min)"
            )
        if row.credits < before.credits:
            table.fail("credits", "fall although the minutes rise")


def _check_cover(
    table: Table,
    gap_tables: tuple[Table, ...],
    rows: tuple[Band, ...],
    gaps: tuple[Gap, ...],
) -> None:
    """Hold the declared gaps against the minutes no band takes: they must be equal."""
    edges = [(0, 0), *((row.first, row.last) for row in rows)]
    left_open = [
        (before[1] + 1, after[0] - 1)
        for before, after in pairwise(edges)
        if before[1] + 1 < after[0]
    ]
    declared = [(gap.first, gap.last) for gap in gaps]
    for first, last in left_open:
        if (first, last) not in declared:
            table.fail("gaps", f"{first} to {last} min are in no band and no gap")
    for gap_table, gap in zip(gap_tables, gaps, strict=True):
        if declared.count((gap.first, gap.last)) > 1:
            gap_table.fail("", f"{gap.first} to {gap.last} min are declared twice")
        if (gap.first, gap.last) not in left_open:
            gap_table.fail("", f"{gap.first} to {gap.last} min are no gap of the bands")
        if gap.takes == "lower" and gap.last < rows[0].first:
            gap_table.fail("takes", "there is no lower band")
