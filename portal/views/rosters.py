"""Importing a roster: upload, check, import. Nothing is saved before the last step."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import PRACTICE_PEOPLE, PracticeDoor
from accounts.models import RosterImport
from accounts.routes import route
from accounts.services import check_roster, start_import
from core import clock
from core.downloads import CSV, download
from core.failures import Missing, NotUsable, Stale
from core.files import shown_name
from core.files.tables import read_table
from core.showing import show_on
from portal.forms import RosterForm, StartForm, columns_sent
from portal.programs import term_program_asked
from portal.queries.paging import page_number
from portal.queries.rosters import (
    bad_lines,
    renewals_of,
    roster_of,
    roster_page,
    running_of,
    steps,
    template_lines,
)

BOTH = ("GET", "POST")
CHANGED = "This file was checked again or imported meanwhile. Look at what stands here."


@route(permission=PRACTICE_PEOPLE, methods=BOTH)
def upload(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Ask for a file; on POST check it, which changes nobody."""
    program = term_program_asked(request)
    posted = request.method == "POST"
    form = RosterForm(request.POST, request.FILES) if posted else RosterForm()
    if posted and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            roster = check_roster(
                actor=door.actor,
                practice=door.practice,
                program=program,
                name=shown_name(sent.name),
                rows=read_table(sent),
                renewals=renewals_of(door.practice, program),
                now=clock.now(),
            )
        except NotUsable as refusal:
            show_on(form, refusal)
        else:
            return _to(door, roster)
    context = {
        "form": form,
        "program": program,
        "steps": steps(0),
        "running": running_of(door.practice),
        "page_title": "Import members",
    }
    status = 422 if form.errors else 200
    return render(request, "portal/roster.html", context, status=status)


@route(permission=PRACTICE_PEOPLE, methods=BOTH)
def file(request: HttpRequest, door: PracticeDoor, roster_id: UUID) -> HttpResponseBase:
    """Show what a file would do, or how far it is; on POST import or match it."""
    roster = roster_of(door.practice, roster_id)
    if request.method != "POST":
        return _page(request, roster, StartForm(initial={"whole": "0"}))
    if request.POST.get("do") == "match":
        return _match(request, door, roster)
    form = StartForm(request.POST)
    if not form.is_valid():
        return _page(request, roster, form)
    try:
        start_import(
            actor=door.actor,
            roster=roster,
            whole=form.cleaned_data["whole"] == "1",
            invite=form.cleaned_data["invite"],
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _page(request, roster, form)
    except Stale as stale:
        messages.info(request, stale.text)
    return _to(door, roster)


@route(permission=PRACTICE_PEOPLE)
def bad_rows(
    request: HttpRequest, door: PracticeDoor, roster_id: UUID
) -> HttpResponseBase:
    """Hand out the rows to mend, with what is wrong in a column of its own."""
    roster = roster_of(door.practice, roster_id)
    if not roster.problems or not roster.cells:
        raise Missing("Not found.")
    return download(bad_lines(roster), CSV, "rows-to-mend.csv")


@route(permission=PRACTICE_PEOPLE)
def template(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Hand out a file to begin from."""
    return download(template_lines(), CSV, "members.csv")


def _match(
    request: HttpRequest, door: PracticeDoor, roster: RosterImport
) -> HttpResponseBase:
    """Check the same rows with other columns."""
    if roster.state != RosterImport.State.CHECKED or not roster.cells:
        messages.info(request, CHANGED)
        return _to(door, roster)
    rows = [(number, cells) for number, cells in roster.cells]
    try:
        again = check_roster(
            actor=door.actor,
            practice=door.practice,
            program=roster.program,
            name=roster.name,
            rows=rows,
            columns=columns_sent(request.POST, len(rows[0][1])),
            renewals=renewals_of(door.practice, roster.program),
            now=clock.now(),
        )
    except NotUsable as refusal:
        form = StartForm(initial={"whole": "0"})
        problems = [
            {"text": each.text, "href": "#columns"} for each in refusal.problems
        ]
        return _page(request, roster, form, problems)
    return _to(door, again)


def _page(
    request: HttpRequest,
    roster: RosterImport,
    form: StartForm,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    page = roster_page(roster, number=page_number(request.GET.get("page", "1")))
    context = {"page": page, "form": form, "page_title": f"Import {page.name}"}
    if errors:
        context["errors"] = errors
    status = 422 if errors or form.errors else 200
    return render(request, "portal/roster_file.html", context, status=status)


def _to(door: PracticeDoor, roster: RosterImport) -> HttpResponseBase:
    return redirect(
        "members_import_file", practice=door.practice.slug, roster_id=roster.pk
    )
