"""The parts that every report of staff's is shown with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.words import month_words
from portal.queries.month_chart import MonthChart
from portal.queries.reports_asked import Asked


@dataclass(frozen=True)
class Line:
    """A row: what it is of, where that leads, and its cells as they are read."""

    label: str
    cells: Sequence[str]
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Grid:
    """A table. Its first head is of the rows' labels; `total` is its last row."""

    id: str
    title: str
    heads: Sequence[str]
    lines: Sequence[Line]
    total: Sequence[str] = ()
    note: str = ""
    total_label: str = "All"

    @property
    def rows(self) -> Iterable[tuple[Line, Iterable[tuple[str, str]]]]:
        """Each row with its cells, each beside its head."""
        for line in self.lines:
            yield line, zip(self.heads[1:], line.cells, strict=True)

    @property
    def totals(self) -> Iterable[tuple[str, str]]:
        """The last row's cells, each beside its head."""
        return zip(self.heads[1:], self.total, strict=True)


@dataclass(frozen=True)
class Report:
    """A report: `nothing` says why there is nothing to show, where that is so."""

    verdict: str
    sub: str
    chart: MonthChart
    grids: Sequence[Grid]
    meaning: Sequence[str]
    nothing: str = ""


def month_line(asked: Asked, month: date, cells: Iterable[str]) -> Line:
    """Give the row of a month, which leads to the report of that month alone."""
    alone = replace(asked, first=month, last=month)
    url = "" if alone == asked else alone.url
    return Line(month_words(month), list(cells), url)


def number(count: int) -> str:
    """Write a count."""
    return f"{count:,}"


def noun(count: int, one: str, many: str) -> str:
    """Write a count with its noun."""
    return f"{count:,} {one if count == 1 else many}"
