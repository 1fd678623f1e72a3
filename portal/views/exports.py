"""A practice's tables as files: at once, or made by a worker and fetched later."""

from collections.abc import Iterator, Mapping
from functools import partial
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from accounts.access import PRACTICE_SEE, PracticeDoor
from accounts.routes import route
from core import clock
from core.downloads import download
from core.exporting import ask_for_export, note_taken
from core.extracts import FORMATS, write_table
from core.failures import Missing, NotEligible, Refusal, Stale
from core.files import MADE_TYPES, hand_out
from credentials.policy import zone_of
from portal.forms import ExportForm
from portal.programs import term_program_asked
from portal.queries.export_kinds import BY_CODE, KINDS, ExportKind, not_understood
from portal.queries.exports import (
    MOST_AT_ONCE,
    asking_url,
    export_of,
    exports_page,
    file_name,
    file_of,
    kind_named,
    table_of,
)
from portal.queries.paging import page_number
from portal.sent import sent
from portal.services import check_opened, open_export

PIECE = 64 * 1024
LONG = "This list is long, so its file is made for you. Choose the format, then ask."
LEFT_OUT = "We left out a filter we don't know:"
LOOK = "Check what will be in the file, then ask."


@route(permission=PRACTICE_SEE, methods=("GET", "POST"), fresh=("POST",))
def exports(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """List the files that were asked for; on POST have one made."""
    program = term_program_asked(request)
    said = request.POST if request.method == "POST" else request.GET
    kind = BY_CODE.get(sent(said, "kind", 40), KINDS[0])
    first = {"kind": kind.code, "format": "csv"}
    posted = request.method == "POST"
    form = ExportForm(request.POST) if posted else ExportForm(initial=first)
    filters, unknown = _filters(said, kind)
    if posted and unknown:
        form.add_error(None, unknown)
    elif unknown:
        messages.info(request, unknown)
    if posted and form.is_valid():
        try:
            ask_for_export(
                actor=door.actor,
                practice_id=door.practice.pk,
                program=program,
                kind=kind.code,
                params={"format": form.cleaned_data["format"], "filters": filters},
                key=sent(request.POST, "form_key", 64) or uuid4().hex,
                now=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, f"{kind.name}: the file is being made.")
            return redirect("exports", practice=door.practice.slug)
    return _page(request, door, form, kind, filters)


@route(permission=PRACTICE_SEE, fresh=("GET",))
def now(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Send a table as a file; a long one leads to where it is asked for."""
    program = term_program_asked(request)
    kind = kind_named(sent(request.GET, "kind", 40) or KINDS[0].code)
    ending = sent(request.GET, "format", 10) or FORMATS[0]
    if ending not in FORMATS:
        raise Missing("Not found.")
    today = clock.today(zone_of(program))
    filters, unknown = _filters(request.GET, kind)
    if unknown:
        # Everybody is not who was asked for.
        messages.info(request, unknown)
        return redirect(asking_url(door.practice, program, kind.code, filters))
    table = table_of(door.practice, kind, program, filters, today)
    if table.count() > MOST_AT_ONCE[ending]:
        messages.info(request, LONG)
        return redirect(asking_url(door.practice, program, kind.code, filters))
    if request.method == "GET":
        note_taken(
            actor=door.actor,
            practice=door.practice,
            program=program,
            name=kind.name,
            now=clock.now(),
        )
    file = TemporaryFile()  # noqa: SIM115  (it is closed when it was sent)
    write_table(table, file, door.scope, ending=ending, title=kind.name)
    name = file_name(kind, door.practice, today, ending)
    return download(_Pieces(file), MADE_TYPES[ending], name)


@route(permission=PRACTICE_SEE, fresh=("GET",))
def file(request: HttpRequest, door: PracticeDoor, job_id: UUID) -> HttpResponseBase:
    """Send a file that was made."""
    job, now = export_of(door.practice, job_id), clock.now()
    made, today = file_of(job, now), clock.today(zone_of(job.program))
    opening = partial(
        open_export,
        actor=door.actor,
        practice=door.practice,
        job=job,
        today=today,
        now=now,
    )
    try:
        check_opened(actor=door.actor, practice=door.practice, job=job, today=today)
        return hand_out(request, made, person=door.actor.user_id, giving=opening)
    except (NotEligible, Stale) as refusal:
        form = ExportForm(initial={"kind": KINDS[0].code, "format": "csv"})
        return _page(request, door, form, KINDS[0], {}, refusal)


def _page(
    request: HttpRequest,
    door: PracticeDoor,
    form: ExportForm,
    kind: ExportKind,
    filters: Mapping[str, str],
    refusal: Refusal | None = None,
) -> HttpResponse:
    program = term_program_asked(request)
    page = exports_page(
        door.practice,
        program,
        kind.code,
        filters,
        number=page_number(request.GET.get("page", "1")),
        now=clock.now(),
    )
    context = {
        "page": page,
        "form": form,
        "errors": [{"text": refusal.text, "href": "#files"}] if refusal else [],
        "form_key": uuid4().hex,
        "program": program,
        "page_title": "Exports",
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "portal/exports.html", context, status=status)


def _filters(said: QueryDict, kind: ExportKind) -> tuple[Mapping[str, str], str]:
    """Read a table's filters, and what to say of those that mean nothing."""
    found = {name: sent(said, name, most) for name, most in kind.filters.items()}
    found = {name: value for name, value in found.items() if value}
    unknown = not_understood(found)
    kept = {name: value for name, value in found.items() if name not in unknown}
    left = ", ".join(found[name] for name in unknown)
    return kept, f"{LEFT_OUT} {left}. {LOOK}" if unknown else ""


class _Pieces:
    """A file piece by piece; it is closed with the answer, also of a HEAD."""

    def __init__(self, file: IO[bytes]) -> None:
        file.seek(0)
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if piece := self._file.read(PIECE):
            return piece
        raise StopIteration

    def close(self) -> None:
        """Let the file go."""
        self._file.close()
