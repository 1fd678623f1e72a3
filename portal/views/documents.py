"""A body's documents before a practice: the list, a named copy, a confirmation."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import PRACTICE_DOCUMENTS, PracticeDoor
from accounts.routes import route
from core import clock
from core.failures import Refusal
from core.files import answer_copy
from credentials.policy import zone_of
from credentials.services import acknowledge_version
from portal.copies import copy_for
from portal.programs import program_asked
from portal.queries.documents import documents_page, version_for
from portal.queries.exports import export_links

EXPORTED = ("readings", "acknowledgements", "own_documents")
TICK = "Tick that you have read it, then confirm."


@route(permission=PRACTICE_DOCUMENTS)
def documents(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """List what bodies publish for the practice, and what it filed itself."""
    return _page(request, door)


@route(permission=PRACTICE_DOCUMENTS, methods=("POST",))
def open_version(
    request: HttpRequest, door: PracticeDoor, version_id: UUID
) -> HttpResponseBase:
    """Give out a copy with the reader's name on every page, and note the reading.

    It is sent for by a form: another site's link must not make somebody a reader.
    """
    version = version_for(door.practice, version_id)
    try:
        copy, _ = copy_for(
            door, version, today=_today(version.document.program), now=clock.now()
        )
    except Refusal as refusal:
        return _page(request, door, problem=refusal.text, status=refusal.status)
    return answer_copy(copy, version.name)


@route(permission=PRACTICE_DOCUMENTS, methods=("POST",))
def acknowledge(
    request: HttpRequest, door: PracticeDoor, version_id: UUID
) -> HttpResponseBase:
    """Confirm that a version was read."""
    version = version_for(door.practice, version_id)
    if request.POST.get("read") != "on":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(
            request, door, problem=TICK, href=f"#read-{version.pk}", status=status
        )
    program = version.document.program
    try:
        acknowledge_version(
            actor=door.actor,
            practice=door.practice,
            version=version,
            today=_today(program),
            now=clock.now(),
        )
    except Refusal as refusal:
        return _page(request, door, problem=refusal.text, status=refusal.status)
    messages.success(request, f"You acknowledged {version}.")
    return redirect("documents", practice=door.practice.slug)


def _today(program: str) -> date:
    return clock.today(zone_of(program))


def _page(
    request: HttpRequest,
    door: PracticeDoor,
    *,
    problem: str = "",
    href: str = "",
    status: int = 200,
) -> HttpResponse:
    page = documents_page(
        door.practice,
        user_id=door.actor.user_id,
        today_of=_today,
    )
    program = program_asked(request)
    context = {
        "page": page,
        "exports": {
            kind: export_links(door.practice, program, kind, {}) for kind in EXPORTED
        },
        "errors": [{"text": problem, "href": href}] if problem else [],
        "page_title": "Documents",
    }
    return render(request, "portal/documents.html", context, status=status)
