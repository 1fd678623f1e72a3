"""Good standing, month by month: who holds a credential and how they stand (R6)."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.urls import reverse

from core.words import day_words
from credentials.policy import cycle_programs
from portal.queries.month_chart import DUE, GOOD, NONE, RENEW_NOW, month_chart
from portal.queries.reports_asked import Asked
from portal.queries.reports_figures import Stood, standings_of, stood
from portal.queries.reports_grids import Grid, Line, Report, noun, number
from portal.queries.shown import STANDING_TAGS

# What a column of the picture shows: its look, its word, and the standings in it.
Looks = Mapping[str, tuple[str, tuple[str, ...]]]
BY_TERMS: Looks = {
    GOOD: (STANDING_TAGS["good"].word, ("good",)),
    DUE: (STANDING_TAGS["due"].word, ("due",)),
    RENEW_NOW: (STANDING_TAGS["renew_now"].word, ("renew_now",)),
    NONE: (STANDING_TAGS["none"].word, ("none",)),
}
BY_CYCLES: Looks = {
    GOOD: ("In good standing, due soon too", ("good", "due")),
    DUE: ("Late, under review or extended", ("late", "under_review", "extended")),
    RENEW_NOW: ("Lapsed or expired", ("lapsed", "expired")),
    NONE: (STANDING_TAGS["none"].word, ("none",)),
}
MEANING = (
    (
        "A credential is counted once for each person who holds it on the last day of "
        "the month; of this month, today. A day ahead is as if nobody did anything."
    ),
    (
        "Each day is as it is known today, as on the page of holders: an approval "
        "given later shows in the months before it as well."
    ),
)


def standing_report(program: str, asked: Asked, *, today: date) -> Report:
    """Show how many holders stand how at the end of each month."""
    rows = stood(program, asked, today=today)
    by_month: dict[date, Counter[str]] = {month: Counter() for month in asked.months}
    days = {row.month: row.day for row in rows}
    for row in rows:
        by_month[row.month].update(row.counts)
    looks = BY_CYCLES if program in cycle_programs() else BY_TERMS
    last = [row for row in rows if row.month == asked.last]
    return Report(
        verdict=_verdict(last),
        sub=f"As of {day_words(last[0].day)}." if last else "",
        chart=month_chart(
            {look: word for look, (word, _) in looks.items()},
            {
                month: {
                    look: sum(counts[each] for each in standings)
                    for look, (_, standings) in looks.items()
                }
                for month, counts in by_month.items()
            },
            today=today,
        ),
        grids=[_grid(program, asked, by_month, days)],
        meaning=MEANING,
        nothing="" if any(row.total for row in rows) else _nothing(asked),
    )


def _grid(
    program: str,
    asked: Asked,
    by_month: Mapping[date, Counter[str]],
    days: Mapping[date, date],
) -> Grid:
    every = standings_of(program)
    there = [each for each in every if any(c[each] for c in by_month.values())]
    heads = [STANDING_TAGS[each].word for each in there]
    place = reverse("staff_good_standing", kwargs={"program": program})
    only = f"&credential={asked.credential}" if asked.credential else ""
    return Grid(
        id="months",
        title="By month",
        heads=["Day", *heads, "All"],
        lines=[
            Line(
                day_words(days[month]),
                [*(number(counts[each]) for each in there), number(counts.total())],
                f"{place}?day={days[month].isoformat()}{only}",
            )
            for month, counts in by_month.items()
            if month in days
        ],
        note="Each day leads to its list of holders.",
    )


def _verdict(last: list[Stood]) -> str:
    total = sum(row.total for row in last)
    good = sum(row.current for row in last)
    return f"{good:,} of {noun(total, 'credential', 'credentials')} in good standing"


def _nothing(asked: Asked) -> str:
    whose = f" {asked.credential}" if asked.credential else " a credential"
    return f"Nobody holds{whose} in {asked.words}."
