"""A body's journal as a file, for whoever keeps its books."""

from datetime import date

from django.http import HttpRequest, HttpResponseBase

from accounts.access import STAFF_MONEY_SEE, StaffDoor
from accounts.routes import route
from core.downloads import CSV, XLSX, download
from core.failures import FieldProblem, NotUsable
from core.spreadsheets import MOST_ROWS, csv_lines, workbook
from portal.queries.journal import Days, journal_count, journal_rows
from portal.sent import sent
from portal.views.bodies import body_today

# What a workbook's sheet has room for, with headings and balances left room.
MOST = MOST_ROWS - 1_000


@route(permission=STAFF_MONEY_SEE, fresh=("GET",))
def journal_csv(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Send the journal as CSV."""
    body_today(door)
    rows = journal_rows(door.program, _days(request), door.scope)
    return download(csv_lines(rows), CSV, f"journal-{door.program}.csv")


@route(permission=STAFF_MONEY_SEE, fresh=("GET",))
def journal_xlsx(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Send the journal as a workbook."""
    body_today(door)
    days = _days(request)
    if journal_count(door.program, days) > MOST:
        text = (
            f"A workbook has room for {MOST:,} rows. Choose fewer days, or take the "
            "CSV file."
        )
        raise NotUsable(text, [FieldProblem("since", text)])
    rows = journal_rows(door.program, days, door.scope)
    return download(workbook(rows, "Journal"), XLSX, f"journal-{door.program}.xlsx")


def _days(request: HttpRequest) -> Days:
    """Read which days are wanted.

    Raises:
        NotUsable: one is no day, or the last comes before the first.
    """
    since, until = _day(request, "since"), _day(request, "until")
    if since and until and until < since:
        text = "Choose a last day that comes after the first."
        raise NotUsable(text, [FieldProblem("until", text)])
    return Days(since, until)


def _day(request: HttpRequest, name: str) -> date | None:
    text = sent(request.GET, name, 40)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not 1900 < day.year < 9999:
        said = f"“{text}” is no day. Enter one such as 2025-11-17, or leave it empty."
        raise NotUsable(said, [FieldProblem(name, said)])
    return day
