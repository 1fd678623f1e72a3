"""Whoever applied answers what the body's staff asked."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal
from core.showing import show_on
from credentials.policy import zone_of
from portal.forms import ApplicantAnswerForm
from portal.programs import cycle_program_named
from portal.queries.application_answers import answering
from portal.queries.recertify import ROUTES, application_of
from renewals.services import answer_staff


@route(permission=OWN, methods=("GET", "POST"))
def answer(
    request: HttpRequest, door: OwnDoor, application_id: UUID
) -> HttpResponseBase:
    """Show what is asked about an application; on POST send the answer."""
    program = cycle_program_named(request)
    row = application_of(door.member, application_id, program=program)
    page = answering(row)
    form = ApplicantAnswerForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                answer_staff(
                    actor=door.actor,
                    application=row,
                    question=page.question,
                    answer=form.cleaned_data["answer"],
                    today=clock.today(zone_of(program)),
                    now=clock.now(),
                )
            except Missing:
                raise
            except Refusal as refusal:
                show_on(form, refusal)
                status = HTTPStatus(refusal.status)
            else:
                messages.success(request, f"Sent. {page.body_name} reads your answer.")
                return redirect(ROUTES[row.kind], program=program)
    context = {"page": page, "form": form, "page_title": page.heading}
    return render(request, "portal/recertify_answer.html", context, status=status)
