"""An assigned exam over REST: begun, answered question by question, handed in (A14)."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import Missing
from core.paging import cut
from core.rest import Paged, envelope, id_in_address, page_of
from courses.models import Attempt
from courses.queries import attempts_of, exam_of, exam_taken
from courses.queries.allowances import minutes_for
from courses.services import begin_attempt, hand_in
from credentials.models import Assignment
from credentials.policy import number_words, programs
from portal.api.ce_asking import Nothing
from portal.api.days import day_in
from portal.api.exam_shapes import EXAM, ExamAttempts, ExamGiven, NewTry
from portal.api.learning_shapes import ATTEMPT, NewChoice, QuestionShown, TestAttempt
from portal.api.sitting import (
    PICTURE,
    check_number,
    keep_choice,
    open_try,
    question_shown,
    try_shown,
)
from portal.copies import question_picture
from portal.queries.exams import assignment_of, exam_page, exams_given
from portal.queries.rooms import room_of


class MyExams(RestView):
    """The exams that one was given."""

    permissions: ClassVar = {"GET": OWN}
    query: ClassVar = Paged
    operations: ClassVar = {"GET": ("list", "exams")}

    @extend_schema(summary="List your exams", responses=page_of(ExamGiven))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List the exams that you were given, the newest first."""
        page = Paged.page_of(self.asked)
        days = {each: day_in(each) for each in programs()}
        found = cut(exams_given(door.member, days), page)
        return envelope(request, page, found.count, map(_given, found.rows))


class MyExamAttempts(RestView):
    """The tries at an exam that one was given."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {
        "GET": ("list", "exam_attempts"),
        "POST": ("begin", "exam_attempt"),
    }

    @extend_schema(summary="List tries at an exam", responses=ExamAttempts)
    def get(self, request: Request, door: OwnDoor, exam_id: str) -> Response:
        """List the tries, what came of each, and what another asks of you."""
        return Response(_attempts(_asked(door, exam_id)))

    @extend_schema(
        summary="Begin an exam",
        request=NewTry,
        responses={HTTPStatus.CREATED: TestAttempt},
    )
    def post(self, request: Request, door: OwnDoor, exam_id: str) -> Response:
        """Declare the affidavit, draw the questions and start the clock.

        One that runs is given back.
        """
        row = _asked(door, exam_id)
        sent = self.sent(request, NewTry)
        begun = begin_attempt(
            actor=door.actor,
            assignment=row,
            sworn=sent["sworn"],
            today=day_in(row.product.program),
            now=clock.now(),
        )
        return Response(try_shown(begun), status=HTTPStatus.CREATED)


class MyExamQuestion(RestView):
    """One question of a running exam."""

    permissions: ClassVar = {"GET": OWN, "PUT": OWN}
    refusals: ClassVar = {"GET": ("stale-version",), "PUT": ("stale-version",)}
    operations: ClassVar = {
        "GET": ("read", "exam_question"),
        "PUT": ("answer", "exam_question"),
    }

    @extend_schema(summary="Read a question of an exam", responses=QuestionShown)
    def get(
        self,
        request: Request,
        door: OwnDoor,
        exam_id: str,
        attempt_id: str,
        number: int,
    ) -> Response:
        """Read a question and what is chosen of it. Which is right is never told."""
        row = _asked(door, exam_id)
        attempt = _taken(row, attempt_id)
        return Response(question_shown(room_of(row), attempt, number))

    @extend_schema(
        summary="Answer a question of an exam",
        request=NewChoice,
        responses=QuestionShown,
    )
    def put(
        self,
        request: Request,
        door: OwnDoor,
        exam_id: str,
        attempt_id: str,
        number: int,
    ) -> Response:
        """Keep what is chosen, in place of what was chosen before."""
        row = _asked(door, exam_id)
        attempt = _taken(row, attempt_id)
        check_number(attempt, number)
        keep_choice(door, attempt, number, self.sent(request, NewChoice))
        return Response(question_shown(room_of(row), attempt, number))


class MyExamPicture(RestView):
    """The picture of one question of a running exam."""

    permissions: ClassVar = {"GET": OWN}
    refusals: ClassVar = {"GET": ("stale-version",)}
    operations: ClassVar = {"GET": ("read", "exam_question_picture")}

    @extend_schema(
        summary="Read the picture of a question of an exam", responses=PICTURE
    )
    def get(
        self,
        request: Request,
        door: OwnDoor,
        exam_id: str,
        attempt_id: str,
        number: int,
    ) -> HttpResponseBase:
        """Read the picture that a question shows, while the exam runs.

        There is none where the question's `picture_words` are empty.
        """
        attempt = open_try(_taken(_asked(door, exam_id), attempt_id))
        return question_picture(attempt, number)


class SubmittingExam(RestView):
    """Handing an exam in."""

    permissions: ClassVar = {"POST": OWN}
    operations: ClassVar = {"POST": ("submit", "exam_attempt")}

    @extend_schema(summary="Hand an exam in", request=Nothing, responses=TestAttempt)
    def post(
        self, request: Request, door: OwnDoor, exam_id: str, attempt_id: str
    ) -> Response:
        """Hand the exam in, and read what came of it. Again changes nothing."""
        attempt = _taken(_asked(door, exam_id), attempt_id)
        self.sent(request, Nothing)
        handed = hand_in(actor=door.actor, attempt=attempt, now=clock.now())
        return Response(try_shown(handed))


def _asked(door: OwnDoor, exam_id: str) -> Assignment:
    return assignment_of(door.member, id_in_address(EXAM, exam_id))


def _taken(row: Assignment, attempt_id: str) -> Attempt:
    found = exam_taken(row, id_in_address(ATTEMPT, attempt_id))
    if found is None:
        raise Missing("Not found.")
    return found


def _given(row: Assignment) -> dict[str, Any]:
    return {
        "id": public_ids.spell(EXAM, row.pk),
        "program": row.product.program,
        "product": row.product.code,
        "title": row.title,
        "state": row.state,
        "result": row.label,
        "assigned_on": row.on.isoformat(),
    }


def _attempts(row: Assignment) -> dict[str, Any]:
    today, tries = day_in(row.product.program), attempts_of(row)
    page, held = exam_page(row, today=today, now=clock.now()), exam_of(row, today)
    asks = None
    if held is not None:
        minutes = held.paper.minutes
        asks = {
            "questions": held.paper.questions,
            "minutes": minutes_for(row.member_id, row.product.program, minutes),
            "pass_percent": number_words(held.exam.pass_mark),
            "affidavit": page.affidavit,
            "rule": page.rule,
        }
    return {
        "results": [try_shown(each) for each in tries],
        "left": max(held.paper.attempts - len(tries), 0) if held else 0,
        "why_not": page.why_not,
        "asks": asks,
    }
