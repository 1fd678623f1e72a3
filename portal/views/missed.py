"""A body's staff look for credit that holders miss, and answer them."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN_RECORD, STAFF_RECORD_CE, StaffDoor, is_own_record
from accounts.routes import route
from ce_credits.models import MissingCredit
from ce_credits.services import answer_missing
from core import clock
from core.failures import Refusal, Stale
from core.showing import show_on
from portal.forms import MissedForm
from portal.queries.missed import STATES, missed_page, one_missed, one_missed_page
from portal.queries.paging import page_number
from portal.sent import sent
from portal.views.bodies import body_today
from portal.views.told_words import told


@route(permission=STAFF_RECORD_CE)
def listed(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List what holders miss, what is with staff first."""
    body_today(door)
    state = sent(request.GET, "state", 20)
    page = missed_page(
        door.program,
        state=state if state in STATES else "",
        number=page_number(request.GET.get("page", "1")),
    )
    context = {"page": page, "page_title": f"{page.body_name} missing credit"}
    return render(request, "portal/staff_missing.html", context)


@route(permission=STAFF_RECORD_CE, methods=("GET", "POST"))
def one(request: HttpRequest, door: StaffDoor, missed_id: UUID) -> HttpResponseBase:
    """Show one with the rows that may be it; on POST answer its holder."""
    body_today(door)
    found = one_missed(door.program, missed_id)
    if request.method != "POST":
        return _page(request, door, found, MissedForm())
    form = MissedForm(request.POST)
    if not form.is_valid():
        return _page(request, door, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        answer_missing(
            actor=door.actor,
            question=found,
            outcome=form.cleaned_data["outcome"],
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        )
    except Stale as stale:
        messages.info(request, stale.text)
    except Refusal as refusal:
        show_on(form, refusal)
        return _page(request, door, found, form, refusal.status)
    else:
        messages.success(request, f"Answered. {told(found.member)}")
    return redirect("staff_missing", program=door.program)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    found: MissingCredit,
    form: MissedForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    page = one_missed_page(found)
    context = {
        "page": page,
        "form": form,
        "blocked": OWN_RECORD if is_own_record(door.person.pk, found.member) else "",
        "page_title": f"{page.row.name}: {page.row.title}",
    }
    return render(request, "portal/staff_missed.html", context, status=status)
