"""A body's staff: what people ask, and answering it."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_ANSWER, STAFF_SEE, StaffDoor
from accounts.routes import route
from core import clock
from core.failures import NotUsable, Refusal
from core.showing import show_on
from portal.forms import AnswerForm
from portal.models import HelpQuestion
from portal.queries.paging import page_number
from portal.queries.questions import one_question, question_of, questions
from portal.services import answer_question
from portal.views.bodies import body_today


@route(permission=STAFF_SEE)
def listed(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List the questions."""
    body_today(door)
    number = page_number(request.GET.get("page", "1"))
    page = questions(door.program, number=number)
    context = {"page": page, "page_title": f"{page.body_name} questions"}
    return render(request, "portal/staff_questions.html", context)


@route(permission=STAFF_ANSWER, methods=("GET", "POST"))
def question(request: HttpRequest, door: StaffDoor, question_id: UUID) -> HttpResponse:
    """Show one question; on POST answer it."""
    body_today(door)
    found = question_of(door.program, question_id)
    if request.method != "POST":
        return _page(request, found, AnswerForm())
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        answer_question(
            actor=door.actor,
            question=found,
            text=form.cleaned_data["answer"],
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _page(request, found, form, refusal.status)
    except Refusal as refusal:
        messages.info(request, refusal.text)
    else:
        messages.success(request, f"Your answer goes to {found.email}.")
    return redirect("staff_question", program=door.program, question_id=found.pk)


def _page(
    request: HttpRequest,
    found: HelpQuestion,
    form: AnswerForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    page = one_question(found)
    context = {"page": page, "form": form, "page_title": page.row.reference}
    return render(request, "portal/staff_question.html", context, status=status)
