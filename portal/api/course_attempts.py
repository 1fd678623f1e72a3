"""A course's test over REST: begun, answered question by question, handed in."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from core import clock
from core.failures import Missing
from core.rest import id_in_address
from courses.models import Attempt, Enrolment
from courses.queries.course_tests import course_test_of, test_taken, tests_taken
from courses.services import begin_test, hand_in
from portal.api.ce_asking import Nothing
from portal.api.days import day_in
from portal.api.learning import enrolment_asked
from portal.api.learning_shapes import (
    ATTEMPT,
    NewChoice,
    QuestionShown,
    TestAttempt,
    TestAttempts,
)
from portal.api.sitting import (
    PICTURE,
    check_number,
    keep_choice,
    open_try,
    question_shown,
    try_shown,
)
from portal.copies import question_picture
from portal.queries.course_ends import test_page, test_room


class CourseAttempts(RestView):
    """The tries at a course's test."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {
        "GET": ("list", "course_attempts"),
        "POST": ("begin", "course_attempt"),
    }

    @extend_schema(summary="List tries at the test", responses=TestAttempts)
    def get(self, request: Request, door: OwnDoor, enrolment_id: str) -> Response:
        """List the tries, what came of each, and whether another can begin."""
        return Response(_attempts(enrolment_asked(door, enrolment_id)))

    @extend_schema(
        summary="Begin the test",
        request=Nothing,
        responses={HTTPStatus.CREATED: TestAttempt},
    )
    def post(self, request: Request, door: OwnDoor, enrolment_id: str) -> Response:
        """Draw the questions and start the clock. One that runs is given back."""
        enrolment = enrolment_asked(door, enrolment_id)
        self.sent(request, Nothing)
        begun = begin_test(
            actor=door.actor,
            enrolment=enrolment,
            today=day_in(enrolment.program),
            now=clock.now(),
        )
        return Response(try_shown(begun), status=HTTPStatus.CREATED)


class CourseQuestion(RestView):
    """One question of a running test."""

    permissions: ClassVar = {"GET": OWN, "PUT": OWN}
    refusals: ClassVar = {"GET": ("stale-version",), "PUT": ("stale-version",)}
    operations: ClassVar = {
        "GET": ("read", "course_question"),
        "PUT": ("answer", "course_question"),
    }

    @extend_schema(summary="Read a question", responses=QuestionShown)
    def get(
        self,
        request: Request,
        door: OwnDoor,
        enrolment_id: str,
        attempt_id: str,
        number: int,
    ) -> Response:
        """Read a question and what is chosen of it. Which is right is never told."""
        attempt = _asked(door, enrolment_id, attempt_id)
        return Response(_question(attempt, number))

    @extend_schema(
        summary="Answer a question", request=NewChoice, responses=QuestionShown
    )
    def put(
        self,
        request: Request,
        door: OwnDoor,
        enrolment_id: str,
        attempt_id: str,
        number: int,
    ) -> Response:
        """Keep what is chosen, in place of what was chosen before."""
        attempt = _asked(door, enrolment_id, attempt_id)
        check_number(attempt, number)
        keep_choice(door, attempt, number, self.sent(request, NewChoice))
        return Response(_question(attempt, number))


class CourseQuestionPicture(RestView):
    """The picture of one question of a running test."""

    permissions: ClassVar = {"GET": OWN}
    refusals: ClassVar = {"GET": ("stale-version",)}
    operations: ClassVar = {"GET": ("read", "course_question_picture")}

    @extend_schema(
        summary="Read the picture of a question",
        responses=PICTURE,
    )
    def get(
        self,
        request: Request,
        door: OwnDoor,
        enrolment_id: str,
        attempt_id: str,
        number: int,
    ) -> HttpResponseBase:
        """Read the picture that a question shows, while the test runs.

        There is none where the question's `picture_words` are empty.
        """
        attempt = open_try(_asked(door, enrolment_id, attempt_id))
        return question_picture(attempt, number)


class SubmittingTest(RestView):
    """Handing a test in."""

    permissions: ClassVar = {"POST": OWN}
    operations: ClassVar = {"POST": ("submit", "course_attempt")}

    @extend_schema(summary="Hand the test in", request=Nothing, responses=TestAttempt)
    def post(
        self, request: Request, door: OwnDoor, enrolment_id: str, attempt_id: str
    ) -> Response:
        """Hand the test in, and read what came of it. Again changes nothing."""
        attempt = _asked(door, enrolment_id, attempt_id)
        self.sent(request, Nothing)
        return Response(
            try_shown(hand_in(actor=door.actor, attempt=attempt, now=clock.now()))
        )


def _asked(door: OwnDoor, enrolment_id: str, attempt_id: str) -> Attempt:
    enrolment = enrolment_asked(door, enrolment_id)
    found = test_taken(enrolment, id_in_address(ATTEMPT, attempt_id))
    if found is None:
        raise Missing("Not found.")
    return found


def _attempts(enrolment: Enrolment) -> dict[str, Any]:
    today, tries = day_in(enrolment.program), tests_taken(enrolment)
    test = course_test_of(enrolment, today)
    page = test_page(enrolment, today=today, now=clock.now())
    return {
        "results": [try_shown(each) for each in tries],
        "left": max(test.attempts - len(tries), 0) if test else 0,
        "why_not": page.why_not,
        "last_day": page.last_day,
    }


def _question(attempt: Attempt, number: int) -> dict[str, Any]:
    assert attempt.enrolment is not None
    return question_shown(test_room(attempt.enrolment), attempt, number)
