"""An exam: its page, one question at a time, handing it in."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal
from core.showing import show_on
from courses.models import Attempt
from courses.queries import attempts_of, running_attempt
from courses.services import begin_attempt
from credentials.models import Assignment
from credentials.policy import zone_of
from portal import copies
from portal.forms.exams import BeginForm
from portal.queries.exams import assignment_of, exam_page
from portal.queries.rooms import room_of
from portal.views.sitting import BOTH, one_question, over, still_running, submitting


@route(permission=OWN, methods=BOTH)
def exam(request: HttpRequest, door: OwnDoor, assignment_id: UUID) -> HttpResponseBase:
    """Say what an exam is and how it went; on POST begin it."""
    row = assignment_of(door.member, assignment_id)
    _running(request, door, row)
    if request.method != "POST":
        return _page(request, row, BeginForm())
    form = BeginForm(request.POST)
    today = clock.today(zone_of(row.product.program))
    try:
        begin_attempt(
            actor=door.actor,
            assignment=row,
            sworn=form.is_valid() and form.cleaned_data["sworn"],
            today=today,
            now=clock.now(),
        )
    except Missing:
        raise
    except Refusal as refusal:
        show_on(form, refusal)
        return _page(request, row, form, refusal.status)
    return redirect("exam_question", assignment_id=row.pk, number=1)


@route(permission=OWN, methods=BOTH)
def question(
    request: HttpRequest, door: OwnDoor, assignment_id: UUID, number: int
) -> HttpResponseBase:
    """Show one question; on POST keep its answer and go on."""
    row = assignment_of(door.member, assignment_id)
    attempt = _running(request, door, row)
    if attempt is None:
        return over(request, room_of(row), attempts_of(row))
    return one_question(request, door, room_of(row), attempt, number)


@route(permission=OWN)
def question_picture(
    request: HttpRequest, door: OwnDoor, assignment_id: UUID, number: int
) -> HttpResponseBase:
    """Give the picture of one question to whoever is asked it, while the exam runs."""
    row = assignment_of(door.member, assignment_id)
    attempt = _running(request, door, row)
    if attempt is None:
        raise Missing("Not found.")
    return copies.question_picture(attempt, number)


@route(permission=OWN, methods=BOTH)
def submit(
    request: HttpRequest, door: OwnDoor, assignment_id: UUID
) -> HttpResponseBase:
    """Say what would be handed in; on POST hand it in."""
    row = assignment_of(door.member, assignment_id)
    attempt = _running(request, door, row)
    if attempt is None:
        return over(request, room_of(row), attempts_of(row))
    return submitting(request, door, room_of(row), attempt)


def _running(request: HttpRequest, door: OwnDoor, row: Assignment) -> Attempt | None:
    return still_running(request, door, running_attempt(row))


def _page(
    request: HttpRequest,
    row: Assignment,
    form: BeginForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    today = clock.today(zone_of(row.product.program))
    page = exam_page(row, today=today, now=clock.now())
    context = {"page": page, "form": form, "page_title": page.title}
    return render(request, "portal/exam.html", context, status=status)
