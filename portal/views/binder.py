"""A practice's audit binders: chosen, asked for, and opened."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import PRACTICE_SEE, PracticeDoor
from accounts.routes import route
from core import clock
from core.failures import FieldProblem, NotEligible, NotUsable, Refusal, Stale
from core.files.links import sent_on
from core.showing import show_on
from credentials.policy import zone_of
from portal.copies import binder_pdf
from portal.forms import BinderForm
from portal.programs import term_program_asked, uuid_or_none
from portal.queries.binder_page import binder_of, binder_page
from portal.queries.binder_people import Chosen, Period
from portal.queries.exports import file_of
from portal.sent import sent
from portal.services import (
    ask_for_binder,
    check_opened,
    check_period,
    open_export,
)

STARTED = "The binder is being made. You can leave this page, and come back to it."
RELOAD = "Look at the list, then choose again."


@route(permission=PRACTICE_SEE, methods=("GET", "POST"), fresh=("POST",))
def binder(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show what a binder would hold, and those there are; on POST have one made."""
    program = term_program_asked(request)
    today = clock.today(zone_of(program))
    said = request.POST if request.method == "POST" else request.GET
    form = BinderForm(said.dict(), Period.usual(today))
    if form.is_valid() and (problems := check_period(chosen=form.chosen, today=today)):
        show_on(form, NotUsable(problems[0].text, problems))
    if request.method != "POST" or not form.is_valid():
        return _page(request, door, form)
    try:
        ask_for_binder(
            actor=door.actor,
            practice=door.practice,
            program=program,
            chosen=form.chosen,
            ticked=_ticked(request),
            key=sent(request.POST, "form_key", 64) or uuid4().hex,
            today=today,
            now=clock.now(),
        )
    except NotUsable as refusal:
        shown = [{"text": each.text, "href": "#people"} for each in refusal.problems]
        return _page(request, door, form, shown)
    except Refusal as refusal:
        return _page(request, door, form, [{"text": refusal.text, "href": "#binders"}])
    messages.success(request, STARTED)
    return redirect("binder", practice=door.practice.slug)


@route(permission=PRACTICE_SEE, fresh=("GET",))
def pdf(request: HttpRequest, door: PracticeDoor, job_id: UUID) -> HttpResponseBase:
    """Send the PDF of a binder out of its ZIP."""
    job, now = binder_of(door.practice, job_id, clock.now()), clock.now()
    whole, today = file_of(job, now), clock.today(zone_of(job.program))
    try:
        check_opened(actor=door.actor, practice=door.practice, job=job, today=today)
        # Who may have the ZIP may have what is in it.
        if on_the_way := sent_on(request, whole, person=door.actor.user_id):
            return on_the_way
        open_export(
            actor=door.actor, practice=door.practice, job=job, today=today, now=now
        )
    except (NotEligible, Stale) as refusal:
        form = BinderForm({}, Period.usual(today))
        shown = [{"text": refusal.text, "href": "#binders"}]
        return _page(request, door, form, shown, refusal.status)
    return binder_pdf(whole)


def _page(
    request: HttpRequest,
    door: PracticeDoor,
    form: BinderForm,
    errors: list[dict[str, str]] | None = None,
    status: int = 0,
) -> HttpResponse:
    program = term_program_asked(request)
    today = clock.today(zone_of(program))
    chosen = form.chosen if form.is_valid() else Chosen(Period.usual(today))
    page = binder_page(
        door.practice,
        program,
        chosen,
        request.POST.getlist("member"),
        actor=door.actor,
        today=today,
        now=clock.now(),
    )
    context = {
        "page": page,
        "form": form,
        "errors": errors or [],
        "program": program,
        "form_key": uuid4().hex,
        "some": request.POST.get("who") == "ticked",
        "page_title": "Audit binder",
    }
    status = status or (422 if errors or form.errors else 200)
    return render(request, "portal/binder.html", context, status=status)


def _ticked(request: HttpRequest) -> list[UUID] | None:
    """Read who was ticked; None where everybody on the list is meant.

    Raises:
        NotUsable: a value that no page of ours makes.
    """
    if request.POST.get("who") != "ticked":
        return None
    found = []
    for value in request.POST.getlist("member"):
        member_id = uuid_or_none(value)
        if member_id is None:
            raise NotUsable(RELOAD, [FieldProblem("members", RELOAD)])
        found.append(member_id)
    return found
