"""The test at a course's end: its page, one question at a time, handing it in (H7)."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, NotEligible
from courses.models import Attempt, Enrolment
from courses.queries.course_tests import running_test, tests_taken
from courses.services import begin_test
from credentials.policy import zone_of
from portal.copies import question_picture
from portal.queries.course_ends import test_page, test_room
from portal.queries.course_player import my_enrolment
from portal.views.sitting import BOTH, one_question, over, still_running, submitting


@route(permission=OWN, methods=BOTH)
def course_test(
    request: HttpRequest, door: OwnDoor, course_id: UUID
) -> HttpResponseBase:
    """Say what a course's test is and how it went; on POST begin it."""
    enrolment = my_enrolment(door.member, course_id)
    _running(request, door, enrolment)
    today, status = clock.today(zone_of(enrolment.program)), HTTPStatus.OK
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            begin_test(
                actor=door.actor, enrolment=enrolment, today=today, now=clock.now()
            )
        except NotEligible as refusal:
            errors, status = [{"text": refusal.text}], HTTPStatus.CONFLICT
        else:
            return redirect("course_question", course_id=course_id, number=1)
    page = test_page(enrolment, today=today, now=clock.now())
    context = {"page": page, "errors": errors, "page_title": f"Test: {page.course}"}
    return render(request, "portal/course_test.html", context, status=status)


@route(permission=OWN, methods=BOTH)
def course_question(
    request: HttpRequest, door: OwnDoor, course_id: UUID, number: int
) -> HttpResponseBase:
    """Show one question; on POST keep its answer and go on."""
    enrolment = my_enrolment(door.member, course_id)
    room, attempt = test_room(enrolment), _running(request, door, enrolment)
    if attempt is None:
        return over(request, room, tests_taken(enrolment))
    return one_question(request, door, room, attempt, number)


@route(permission=OWN)
def course_question_picture(
    request: HttpRequest, door: OwnDoor, course_id: UUID, number: int
) -> HttpResponseBase:
    """Give the picture of one question to whoever is asked it, while the test runs."""
    enrolment = my_enrolment(door.member, course_id)
    attempt = _running(request, door, enrolment)
    if attempt is None:
        raise Missing("Not found.")
    return question_picture(attempt, number)


@route(permission=OWN, methods=BOTH)
def course_submit(
    request: HttpRequest, door: OwnDoor, course_id: UUID
) -> HttpResponseBase:
    """Say what would be handed in; on POST hand it in."""
    enrolment = my_enrolment(door.member, course_id)
    room, attempt = test_room(enrolment), _running(request, door, enrolment)
    if attempt is None:
        return over(request, room, tests_taken(enrolment))
    return submitting(request, door, room, attempt)


def _running(
    request: HttpRequest, door: OwnDoor, enrolment: Enrolment
) -> Attempt | None:
    return still_running(request, door, running_test(enrolment))
