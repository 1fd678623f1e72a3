"""What people report, by its kind and the month it was done in."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ce_credits.queries.monthly import Reported
from credentials.policy import credit_words, policy_for
from portal.queries.filters import kind_labels
from portal.queries.month_chart import DUE, GOOD, RENEW_NOW, month_chart
from portal.queries.reports_asked import Asked
from portal.queries.reports_figures import reported_in
from portal.queries.reports_grids import (
    Grid,
    Line,
    Report,
    month_line,
    noun,
    number,
)

WORDS = {
    GOOD: "Approved",
    DUE: "Waiting or needs information",
    RENEW_NOW: "Not accepted",
}
COUNTED = (*("reported", "approved", "not_accepted", "returned", "waiting", "minutes"),)
HEADS = (
    *("Reported", "Approved", "Not accepted", "Needs information", "Waiting"),
    "Minutes",
)
MEANING = (
    (
        "An activity counts in the month it was done, the day by which its credit "
        "counts. What its holder withdrew or never sent counts nowhere."
    ),
    (
        "Each is as it stands today. Credit counts from the day it is reported until "
        "it is not accepted or sent back (A9, N13), so some of it may wait for staff."
    ),
    "Minutes are those reported; what is counted by something else has none.",
)


def credits_report(program: str, asked: Asked, *, today: date) -> Report:
    """Show what was reported of each kind, and the credit that counts of it."""
    rows = reported_in(program, asked, today=today)
    unit = policy_for(program, on=today).unit
    by_month = {
        month: [row for row in rows if row.month == month] for month in asked.months
    }
    count = sum(row.reported for row in rows)
    return Report(
        verdict=noun(count, "activity", "activities"),
        sub=f"{_credits(rows)} {unit} count today.",
        chart=month_chart(
            WORDS,
            {
                month: {
                    GOOD: sum(row.approved for row in found),
                    DUE: sum(row.waiting + row.returned for row in found),
                    RENEW_NOW: sum(row.not_accepted for row in found),
                }
                for month, found in by_month.items()
            },
            today=today,
        ),
        grids=[
            _by_kind(program, rows, unit),
            Grid(
                id="months",
                title="By month",
                heads=["Month", *HEADS, unit],
                lines=[
                    month_line(asked, month, _cells(found))
                    for month, found in by_month.items()
                    if found
                ],
                note="A month leads to its kinds. Those without an activity are left "
                "out.",
            ),
        ],
        meaning=MEANING,
        nothing="" if rows else f"Nothing that was done in {asked.words} is reported.",
    )


def _by_kind(program: str, rows: Sequence[Reported], unit: str) -> Grid:
    labels = kind_labels(program)
    there = {row.kind for row in rows}
    order = [*(each for each in labels if each in there), *sorted(there - {*labels})]
    lines = [
        Line(labels.get(kind, kind), _cells([row for row in rows if row.kind == kind]))
        for kind in order
    ]
    return Grid(
        id="kinds",
        title="By kind",
        heads=["Kind", *HEADS, unit],
        lines=lines,
        total=_cells(rows) if len(lines) > 1 else (),
    )


def _cells(rows: Sequence[Reported]) -> list[str]:
    counts = [number(sum(getattr(row, name) for row in rows)) for name in COUNTED]
    return [*counts, _credits(rows)]


def _credits(rows: Sequence[Reported]) -> str:
    total = credit_words(sum((row.credits for row in rows), Decimal(0)))
    whole, _, tail = total.partition(".")
    return f"{int(whole):,}.{tail}"
