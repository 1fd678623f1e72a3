"""Staff's reports as the rows of a file: the figures of the page, in the finest cut."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from core.extract_cells import Column, Kind
from core.extracts import LinesTable
from core.scope import Scope, scoped
from portal.queries.filters import kind_labels
from portal.queries.reports_asked import AUDITS, CREDITS, RENEWALS, STANDING, Asked
from portal.queries.reports_figures import (
    audits_in,
    outcomes_of,
    reported_in,
    standings_of,
    stood,
    went,
)

Lines = Sequence[Sequence[object]]
MONTH = Column("month")
AUDIT_COUNTS = (
    *("audits", "answered", "closed", "submissions"),
    *("verified", "not_accepted", "undecided"),
)
CREDIT_COUNTS = (
    *("reported", "approved", "not_accepted", "needs_information", "waiting"),
    "minutes",
)


def report_table(program: str, asked: Asked, *, today: date) -> LinesTable:
    """Give a report as a file's rows; they are read within the scope it is given."""
    columns, read = FILES[asked.report](program)

    def lines(scope: Scope) -> Lines:
        with scoped(scope):
            return read(asked, today)

    return LinesTable(columns, lines, lambda: len(read(asked, today)))


Read = Callable[[Asked, date], Lines]
File = tuple[Sequence[Column], Read]


def _counts(names: Sequence[str]) -> list[Column]:
    return [Column(name, kind=Kind.COUNT) for name in names]


def _stood(program: str) -> File:
    names = standings_of(program)
    columns = [MONTH, Column("day", kind=Kind.DAY), Column("credential")]

    def read(asked: Asked, today: date) -> Lines:
        return [
            (
                f"{row.month:%Y-%m}",
                row.day,
                row.credential,
                *(row.counts[name] for name in names),
                row.total,
            )
            for row in stood(program, asked, today=today)
        ]

    return [*columns, *_counts([*names, "total"])], read


def _went(program: str) -> File:
    names = outcomes_of(program)
    columns = _counts(["ended", *names, "went_on", "left"])

    def read(asked: Asked, today: date) -> Lines:
        return [
            (
                f"{row.month:%Y-%m}",
                row.ended,
                *(row.counts[name] for name in names),
                row.went_on,
                row.left,
                row.attrition,
            )
            for row in went(program, asked, today=today)
        ]

    return [MONTH, *columns, Column("attrition_percent", kind=Kind.AMOUNT)], read


def _audited(program: str) -> File:
    def read(asked: Asked, today: date) -> Lines:
        return [
            (
                f"{row.month:%Y-%m}",
                str(row.draw_id or ""),
                row.cases,
                row.answered,
                row.closed,
                row.drawn,
                row.verified,
                row.not_accepted,
                row.undecided,
            )
            for row in audits_in(program, asked)
        ]

    return [MONTH, Column("draw"), *_counts(AUDIT_COUNTS)], read


def _reported(program: str) -> File:
    labels = kind_labels(program)

    def read(asked: Asked, today: date) -> Lines:
        return [
            (
                f"{row.month:%Y-%m}",
                labels.get(row.kind, row.kind),
                row.reported,
                row.approved,
                row.not_accepted,
                row.returned,
                row.waiting,
                row.minutes,
                row.credits,
            )
            for row in reported_in(program, asked, today=today)
        ]

    columns = [MONTH, Column("kind"), *_counts(CREDIT_COUNTS)]
    return [*columns, Column("credits", kind=Kind.AMOUNT)], read


FILES: Mapping[str, Callable[[str], File]] = {
    STANDING: _stood,
    RENEWALS: _went,
    AUDITS: _audited,
    CREDITS: _reported,
}
