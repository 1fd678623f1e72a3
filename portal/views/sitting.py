"""Sitting an exam or a course's test: one question at a time, handing it in."""

from collections.abc import Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OwnDoor
from core import clock
from core.failures import NotUsable, Stale
from core.work import hasten
from courses.models import Attempt
from courses.rules import is_open
from courses.services import answer_question, hand_in
from portal.forms.exams import AnswerForm
from portal.queries.exams import QuestionPage, question_page, submit_page
from portal.queries.rooms import Room
from portal.sent import sent

BOTH = ("GET", "POST")
NOT_RUNNING = "This exam is not running. Begin it here."
SAVED = "save"


def still_running(
    request: HttpRequest, door: OwnDoor, attempt: Attempt | None
) -> Attempt | None:
    """Give the running try back; one whose time is up runs no more."""
    now = clock.now()
    if attempt is None or is_open(now, attempt.ends_at):
        return attempt
    if request.method == "POST":
        hand_in(actor=door.actor, attempt=attempt, now=now)
    else:
        # Looking changes nothing: the worker hands it in, now or within a minute.
        hasten("courses.tasks.hand_in")
    return None


def one_question(
    request: HttpRequest, door: OwnDoor, room: Room, attempt: Attempt, number: int
) -> HttpResponseBase:
    """Show one question; on POST keep its answer and go on."""
    page = question_page(room, attempt, number, now=clock.now())
    places = [each.place for each in page.options]
    form = AnswerForm(places, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(door, attempt, number, form)
        except Stale:
            hand_in(actor=door.actor, attempt=attempt, now=clock.now())
            attempt.refresh_from_db()
            return over(request, room, [attempt])
        except NotUsable as refusal:
            form.add_error(None, refusal.text)
        else:
            return _on(request, room, number, page.of)
    return _shown(request, page, form)


def _keep(door: OwnDoor, attempt: Attempt, number: int, form: AnswerForm) -> None:
    answer_question(
        actor=door.actor,
        attempt=attempt,
        number=number,
        chosen=form.cleaned_data["chosen"],
        flagged=form.cleaned_data["flagged"],
        now=clock.now(),
    )


def _shown(
    request: HttpRequest, page: QuestionPage, form: AnswerForm
) -> HttpResponseBase:
    context = {
        "page": page,
        "form": form,
        "errors": [{"text": text} for each in form.errors.values() for text in each],
        "page_title": f"Question {page.number} of {page.of}",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "portal/exam_question.html", context, status=status)


def submitting(
    request: HttpRequest, door: OwnDoor, room: Room, attempt: Attempt
) -> HttpResponseBase:
    """Say what would be handed in; on POST hand it in."""
    if request.method == "POST":
        hand_in(actor=door.actor, attempt=attempt, now=clock.now())
        return redirect(room.page_url)
    page = submit_page(room, attempt, now=clock.now())
    context = {"page": page, "page_title": "Submit the test"}
    return render(request, "portal/exam_submit.html", context)


def over(
    request: HttpRequest, room: Room, tries: Sequence[Attempt]
) -> HttpResponseBase:
    """Lead whoever has no running try to what became of it."""
    if sent(request.POST, "go", 10) == SAVED:
        return HttpResponse(status=HTTPStatus.CONFLICT)
    if not tries or tries[-1].ended_at is not None:
        text = "The exam is handed in." if tries else NOT_RUNNING
        messages.info(request, text)
    return redirect(room.page_url)


def _on(request: HttpRequest, room: Room, number: int, of: int) -> HttpResponseBase:
    """Go where the pressed button says; a script that only saves stays."""
    way = sent(request.POST, "go", 10)
    if way == SAVED:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if way == "back" and number > 1:
        return redirect(room.question_url(number - 1))
    if way == "submit" or number == of:
        return redirect(room.submit_url)
    return redirect(room.question_url(number + 1))
