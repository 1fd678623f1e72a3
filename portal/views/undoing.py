"""Undoing a press of Assign, for everybody or for some."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import PRACTICE_ASSIGN, PracticeDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal
from credentials.policy import programs, zone_of
from credentials.services import undo
from portal.programs import uuid_or_none
from portal.queries.undoing import given_at, undo_page


@route(permission=PRACTICE_ASSIGN, methods=("GET", "POST"))
def undo_assignment(
    request: HttpRequest, door: PracticeDoor, batch_id: UUID
) -> HttpResponseBase:
    """Show whom it can be undone for; on POST undo it for those selected."""
    if request.method != "POST":
        return _page(request, door, batch_id)
    ids = {uuid_or_none(each) for each in request.POST.getlist("assignment")}
    if not ids <= {None, *given_at(door.practice, batch_id)}:
        raise Missing("Not found.")
    try:
        done = undo(
            actor=door.actor,
            practice=door.practice,
            assignment_ids=[each for each in ids if each],
            days=_days(),
            now=clock.now(),
        )
    except Missing:
        raise
    except Refusal as refusal:
        return _page(request, door, batch_id, refusal)
    names = ", ".join(sorted(row.member.name for row in done))
    said = f"{done[0].title} taken back from {names}." if done else "Undone already."
    messages.success(request, said)
    return redirect("assignments", practice=door.practice.slug)


def _days() -> Mapping[str, date]:
    return {program: clock.today(zone_of(program)) for program in programs()}


def _page(
    request: HttpRequest,
    door: PracticeDoor,
    batch_id: UUID,
    refusal: Refusal | None = None,
) -> HttpResponse:
    member_id = uuid_or_none(request.GET.get("member", ""))
    chosen = [member_id] if member_id else []
    now = clock.now()
    page = undo_page(door.practice, batch_id, chosen, days=_days(), now=now)
    context = {
        "page": page,
        "errors": [{"text": refusal.text, "href": "#people"}] if refusal else (),
        "page_title": f"Undo {page.title}",
    }
    status = refusal.status if refusal else HTTPStatus.OK
    return render(request, "portal/undo.html", context, status=status)
