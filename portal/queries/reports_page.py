"""Staff's reports as a page: a verdict, a picture, and tables that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from credentials.policy import policy_for
from portal.queries.month_chart import MonthChart
from portal.queries.narrowing import Option, Pill
from portal.queries.places import body_name
from portal.queries.reports_asked import (
    AUDITS,
    CREDITS,
    MOST_MONTHS,
    RENEWALS,
    REPORTS,
    STANDING,
    Asked,
)
from portal.queries.reports_audits import audits_report
from portal.queries.reports_credits import credits_report
from portal.queries.reports_grids import Grid, Report
from portal.queries.reports_renewals import renewals_report
from portal.queries.reports_standing import standing_report

READ = {
    STANDING: standing_report,
    RENEWALS: renewals_report,
    AUDITS: audits_report,
    CREDITS: credits_report,
}


@dataclass(frozen=True)
class ReportPage:
    """All the template shows."""

    body_name: str
    title: str
    verdict: str
    sub: str
    asked: Asked
    most_months: int
    reports: Sequence[Pill]
    credentials: Sequence[Option]
    chart: MonthChart | None
    chart_label: str
    grids: Sequence[Grid]
    meaning: Sequence[str]
    nothing: str
    usual_url: str
    csv_url: str
    xlsx_url: str


def report_page(program: str, asked: Asked, *, today: date) -> ReportPage:
    """Read a report: a handful of statements, whatever the number of people."""
    report: Report = READ[asked.report](program, asked, today=today)
    place = {"program": program}
    title = REPORTS[asked.report]
    return ReportPage(
        body_name=body_name(program),
        title=title,
        verdict=report.verdict,
        sub=f"{asked.words}. {report.sub}".strip(),
        asked=asked,
        most_months=MOST_MONTHS,
        reports=[
            Pill(label, asked.of(code).url, code == asked.report)
            for code, label in REPORTS.items()
        ],
        credentials=_credentials(program, asked, today),
        chart=None if report.nothing else report.chart,
        chart_label=f"{title} by month, as a picture",
        grids=() if report.nothing else report.grids,
        meaning=report.meaning,
        nothing=report.nothing,
        usual_url=f"?report={asked.report}",
        csv_url=f"{reverse('staff_reports_csv', kwargs=place)}{asked.url}",
        xlsx_url=f"{reverse('staff_reports_xlsx', kwargs=place)}{asked.url}",
    )


def _credentials(program: str, asked: Asked, today: date) -> list[Option]:
    held = policy_for(program, on=today).credentials
    return [
        Option(each.code, f"{each.title} ({each.code})", each.code == asked.credential)
        for each in held
    ]
