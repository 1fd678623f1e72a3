"""Audits, by the month they were opened in and by their draw."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from ce_credits.models import AuditDraw
from ce_credits.queries.monthly import Audited, Stretch, draws_in
from core.words import day_words
from portal.queries.month_chart import GOOD, NONE, RENEW_NOW, month_chart
from portal.queries.reports_asked import Asked
from portal.queries.reports_figures import audits_in
from portal.queries.reports_grids import (
    Grid,
    Line,
    Report,
    month_line,
    noun,
    number,
)

HEADS = (
    *("Submissions", "Audits", "Answered", "Closed"),
    *("Verified", "Not accepted", "Undecided"),
)
WORDS = {GOOD: "Verified", RENEW_NOW: "Not accepted", NONE: "Undecided"}
MEANING = (
    "An audit counts in the month it was opened; it asks about one submission or more.",
    (
        "Answered: its member sent the answer. Verified and not accepted are what "
        "staff found of each submission. Of the rest nothing is decided."
    ),
)


def audits_report(program: str, asked: Asked, *, today: date) -> Report:
    """Show what was drawn, answered, verified and not accepted."""
    rows = audits_in(program, asked)
    by_month = {
        month: [row for row in rows if row.month == month] for month in asked.months
    }
    decided = sum(row.verified + row.not_accepted for row in rows)
    drawn = sum(row.drawn for row in rows)
    answered, cases = (
        sum(row.answered for row in rows),
        sum(row.cases for row in rows),
    )
    return Report(
        verdict=f"{decided:,} of {noun(drawn, 'submission', 'submissions')} decided",
        sub=f"{answered:,} of {noun(cases, 'audit', 'audits')} answered.",
        chart=month_chart(
            WORDS,
            {
                month: {
                    GOOD: sum(row.verified for row in found),
                    RENEW_NOW: sum(row.not_accepted for row in found),
                    NONE: sum(row.undecided for row in found),
                }
                for month, found in by_month.items()
            },
            today=today,
        ),
        grids=[
            _by_month(asked, by_month.items(), rows),
            _by_draw(program, asked, rows),
        ],
        meaning=MEANING,
        nothing="" if rows else f"No audit was opened in {asked.words}.",
    )


def _by_month(
    asked: Asked,
    months: Iterable[tuple[date, Sequence[Audited]]],
    rows: Sequence[Audited],
) -> Grid:
    there = [(month, found) for month, found in months if found]
    return Grid(
        id="months",
        title="By month",
        heads=["Month", *HEADS],
        lines=[month_line(asked, month, _cells(found)) for month, found in there],
        total=_cells(rows) if len(there) > 1 else (),
        note="Months without an audit are left out."
        if len(there) < len(asked.months)
        else "",
    )


def _by_draw(program: str, asked: Asked, rows: Sequence[Audited]) -> Grid:
    draws = draws_in(Stretch(program, asked.first, asked.until))
    known = {each.pk for each in draws}
    lines = [_draw_line(each, _of(rows, each.pk)) for each in draws]
    by_hand = [row for row in rows if row.draw_id not in known]
    if by_hand:
        lines.append(Line("By hand", _cells(by_hand)))
    return Grid(id="draws", title="By draw", heads=["Draw", *HEADS], lines=lines)


def _draw_line(draw: AuditDraw, rows: Sequence[Audited]) -> Line:
    place = {"program": draw.program, "draw_id": draw.pk}
    return Line(
        day_words(draw.on),
        _cells(rows),
        reverse("staff_audit_drawn", kwargs=place),
        detail=f"Out of {draw.population_count:,}",
    )


def _of(rows: Sequence[Audited], draw_id: UUID) -> Sequence[Audited]:
    return [row for row in rows if row.draw_id == draw_id]


def _cells(rows: Sequence[Audited]) -> list[str]:
    columns = (
        *("drawn", "cases", "answered", "closed"),
        *("verified", "not_accepted", "undecided"),
    )
    return [number(sum(getattr(row, name) for row in rows)) for name in columns]
