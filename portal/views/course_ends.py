"""The end of a course: its evaluation, and the credit that is claimed once (H8)."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.failures import Refusal
from core.showing import show_on
from courses.models import Enrolment
from courses.queries.course_tests import rules_of
from courses.queries.learning import credit_of, has_evaluated
from courses.services import claim_credit, give_evaluation
from credentials.policy import zone_of
from portal.forms.courses import EvaluationForm
from portal.queries.course_ends import credit_page
from portal.queries.course_player import course_url, my_enrolment

BOTH = ("GET", "POST")
GIVEN = "You gave your evaluation. It is kept without your name."
ONCE = "Credit of this course was claimed before. Nothing was added."


@route(permission=OWN, methods=BOTH)
def course_evaluation(
    request: HttpRequest, door: OwnDoor, course_id: UUID
) -> HttpResponseBase:
    """Ask about a course; on POST keep what was said, without a name."""
    enrolment = my_enrolment(door.member, course_id)
    today = clock.today(zone_of(enrolment.program))
    asked = rules_of(enrolment.course, today).evaluation
    if has_evaluated(enrolment):
        messages.info(request, GIVEN)
        return redirect("course_credit", course_id=course_id)
    form = EvaluationForm(asked, request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            give_evaluation(
                actor=door.actor,
                enrolment=enrolment,
                answers=form.answers,
                today=today,
                now=clock.now(),
            )
        except Refusal as refusal:
            show_on(form, refusal)
            status = HTTPStatus(refusal.status)
        else:
            messages.success(request, GIVEN)
            return redirect("course_credit", course_id=course_id)
    if form.errors and status == HTTPStatus.OK:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _asking(request, enrolment, form, asked.basis.rule, status)


def _asking(
    request: HttpRequest,
    enrolment: Enrolment,
    form: EvaluationForm,
    rule: str,
    status: HTTPStatus,
) -> HttpResponse:
    context = {
        "form": form,
        "course": enrolment.course.title,
        "contents_url": course_url(enrolment, "course_contents"),
        "rule": rule,
        "page_title": "Evaluation",
    }
    return render(request, "portal/course_evaluation.html", context, status=status)


@route(permission=OWN, methods=BOTH)
def course_credit(
    request: HttpRequest, door: OwnDoor, course_id: UUID
) -> HttpResponseBase:
    """Say what a course's credit is; on POST claim it, once however it is tried."""
    enrolment = my_enrolment(door.member, course_id)
    today, status = clock.today(zone_of(enrolment.program)), HTTPStatus.OK
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        before = credit_of(enrolment)
        try:
            claim_credit(
                actor=door.actor, enrolment=enrolment, today=today, now=clock.now()
            )
        except Refusal as refusal:
            errors, status = [{"text": refusal.text}], HTTPStatus(refusal.status)
        else:
            if before is not None:
                messages.info(request, ONCE)
            return redirect("course_credit", course_id=course_id)
    page = credit_page(enrolment, today=today)
    context = {"page": page, "errors": errors, "page_title": f"Credit: {page.course}"}
    return render(request, "portal/course_credit.html", context, status=status)
