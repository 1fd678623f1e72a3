"""Renewals and attrition: what ended in each month, and what became of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from credentials.policy import cycle_programs
from portal.queries.month_chart import DUE, GOOD, NONE, RENEW_NOW, month_chart
from portal.queries.reports_asked import Asked
from portal.queries.reports_figures import Went, in_all, outcomes_of, went
from portal.queries.reports_grids import Grid, Report, month_line, noun, number
from renewals.rules.outcomes import (
    EXPIRED,
    EXTENDED,
    LAPSED,
    LATE,
    NOT_RENEWED,
    ON_TIME,
    OPEN,
    REINSTATED,
)

HEADS = {
    ON_TIME: "On time",
    EXTENDED: "Extended",
    LATE: "Late",
    REINSTATED: "Reinstated",
    OPEN: "Still open",
    LAPSED: "Lapsed",
    EXPIRED: "Expired",
    NOT_RENEWED: "Not renewed",
}
LOOKS = {
    GOOD: ("On time", (ON_TIME,)),
    DUE: ("Later", (EXTENDED, LATE, REINSTATED)),
    RENEW_NOW: ("Did not go on", (LAPSED, EXPIRED, NOT_RENEWED)),
    NONE: ("Still open", (OPEN,)),
}
OF_TERMS = (
    "A term counts in the month of its last day; what was undone counts nowhere.",
    (
        "On time: the next term starts on the renewal date. Late: it starts after it "
        "(A1). Still open: not renewed, and the renewal date is not over. Not renewed: "
        "it is over."
    ),
)
OF_CYCLES = (
    "A cycle counts in the month of its last day, once for each person.",
    (
        "On time: recertified, and paid by the last day. Extended: applied for under "
        "an extension. Late: paid after the last day. Reinstated: after it had lapsed "
        "(N5, N7, N8)."
    ),
    (
        "Still open: not over, late, under review or extended. Lapsed: it can still be "
        "reinstated. Expired: only a new exam helps."
    ),
)
ATTRITION = (
    "Attrition is the share of what ended that did not go on. While some is open, or "
    "can be renewed or reinstated, it may still change: all is as known today."
)


def renewals_report(program: str, asked: Asked, *, today: date) -> Report:
    """Show what became of the terms or cycles that ended in each month."""
    rows = went(program, asked, today=today)
    cycles = program in cycle_programs()
    names = ("cycle", "cycles") if cycles else ("term", "terms")
    return Report(
        verdict=_verdict(in_all(rows), *names),
        sub=_sub(rows, names[1]),
        chart=month_chart(
            {look: word for look, (word, _) in LOOKS.items()},
            {
                row.month: {
                    look: sum(row.counts.get(each, 0) for each in outcomes)
                    for look, (_, outcomes) in LOOKS.items()
                }
                for row in rows
            },
            today=today,
        ),
        grids=[_grid(program, asked, rows)],
        meaning=(*(OF_CYCLES if cycles else OF_TERMS), ATTRITION),
        nothing=""
        if any(row.ended for row in rows)
        else f"No {names[0]} ends in {asked.words}.",
    )


def _grid(program: str, asked: Asked, rows: Sequence[Went]) -> Grid:
    names = outcomes_of(program)
    there = [row for row in rows if row.ended]
    past = [row for row in there if not row.ahead]
    total = in_all(rows)
    return Grid(
        id="months",
        title="By month",
        heads=["Month", "Ended", *(HEADS[each] for each in names), "Attrition"],
        lines=[month_line(asked, row.month, _cells(row, names)) for row in there],
        total=_cells(total, names) if len(past) > 1 else (),
        note="Months in which nothing ends are left out."
        if len(there) < len(rows)
        else "",
        total_label="All until this month"
        if any(row.ahead for row in there)
        else "All",
    )


def _cells(row: Went, names: Sequence[str]) -> list[str]:
    counts = [number(row.counts.get(each, 0)) for each in names]
    return [number(row.ended), *counts, _percent(row)]


def _percent(row: Went) -> str:
    if row.attrition is None:
        return "Not yet" if row.ahead else "None ended"
    return percent_words(row.attrition)


def percent_words(percent: Decimal) -> str:
    """Write a percentage."""
    return f"{percent} %"


def _verdict(total: Went, one: str, many: str) -> str:
    if total.attrition is None:
        return f"No {one} ended"
    ended = noun(total.ended, one, many)
    return f"{total.went_on:,} of {ended} went on"


def _sub(rows: Sequence[Went], many: str) -> str:
    total = in_all(rows)
    ahead = sum(row.ended for row in rows if row.ahead)
    said = []
    if total.attrition is not None:
        said.append(
            f"{total.left:,} did not, {total.open:,} still open: "
            f"{percent_words(total.attrition)} attrition."
        )
    if ahead:
        said.append(f"{ahead:,} {many} end in the months ahead.")
    return " ".join(said)
