"""Learning a course over REST: progress, the test, the evaluation, the credit."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import Missing
from core.rest import id_in_address, instant
from courses.models import CourseCredit, Enrolment
from courses.queries.course_tests import rules_of
from courses.queries.learning import way_of
from courses.services import (
    claim_credit,
    give_evaluation,
    keep_place,
    pass_page,
)
from portal.api.ce_asking import Nothing
from portal.api.ce_shapes import PREFIX as ACTIVITY
from portal.api.days import day_in
from portal.api.learning_shapes import (
    CREDIT,
    ENROLMENT,
    CourseCreditResource,
    EvaluationShown,
    NewEvaluation,
    NewProgress,
    Progress,
)
from portal.api.own_certificates import CERTIFICATE_PREFIX
from portal.queries.course_player import my_page


class CourseProgress(RestView):
    """How far one is in a course."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {
        "GET": ("read", "course_progress"),
        "POST": ("keep", "course_progress"),
    }

    @extend_schema(summary="Read how far one is", responses=Progress)
    def get(self, request: Request, door: OwnDoor, enrolment_id: str) -> Response:
        """Read where one left a course, and what is done of each page."""
        return Response(_progress(enrolment_asked(door, enrolment_id)))

    @extend_schema(
        summary="Keep where one is",
        request=NewProgress,
        responses=Progress,
        examples=[
            OpenApiExample(
                "Ten seconds of a video",
                {"page": "a-week", "second": "10.00", "spans": [["0", "10.00"]]},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, door: OwnDoor, enrolment_id: str) -> Response:
        """Keep a page and second, join what was watched, and go on where that is said.

        Stretches join those that are there: sending one twice changes nothing.
        """
        enrolment = enrolment_asked(door, enrolment_id)
        sent = self.sent(request, NewProgress)
        page, today = (
            my_page(way_of(enrolment), sent["page"]),
            day_in(enrolment.program),
        )
        keep_place(
            actor=door.actor,
            enrolment=enrolment,
            page=page,
            second=sent["second"],
            spans=tuple((first, last) for first, last in sent["spans"]),
            captions=sent.get("captions"),
            today=today,
            now=clock.now(),
        )
        if sent["go_on"] or sent["read_instead"]:
            pass_page(
                actor=door.actor,
                enrolment=enrolment,
                page=page,
                read_instead=sent["read_instead"],
                today=today,
                now=clock.now(),
            )
        return Response(_progress(enrolment_asked(door, enrolment_id)))


class CourseEvaluation(RestView):
    """Evaluating a course."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {
        "GET": ("read", "course_evaluation"),
        "POST": ("give", "course_evaluation"),
    }

    @extend_schema(summary="Read what is asked", responses=EvaluationShown)
    def get(self, request: Request, door: OwnDoor, enrolment_id: str) -> Response:
        """Read the questions, and whether they were answered."""
        return Response(_evaluation(enrolment_asked(door, enrolment_id)))

    @extend_schema(
        summary="Give an evaluation", request=NewEvaluation, responses=EvaluationShown
    )
    def post(self, request: Request, door: OwnDoor, enrolment_id: str) -> Response:
        """Answer the questions. What is said is kept without a name; it can't be read.

        Again changes nothing: the first answers stay.
        """
        enrolment = enrolment_asked(door, enrolment_id)
        sent = self.sent(request, NewEvaluation)
        give_evaluation(
            actor=door.actor,
            enrolment=enrolment,
            answers={**sent["choices"], **sent["words"]},
            today=day_in(enrolment.program),
            now=clock.now(),
        )
        return Response(_evaluation(enrolment))


class ClaimingCredit(RestView):
    """Claiming a course's credit."""

    permissions: ClassVar = {"POST": OWN}
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {"POST": ("claim", "course_credit")}

    @extend_schema(
        summary="Claim credit",
        request=Nothing,
        responses={HTTPStatus.OK: CourseCreditResource},
    )
    def post(self, request: Request, door: OwnDoor, enrolment_id: str) -> Response:
        """Claim a course's credit, with its certificate. Again gives the first one."""
        enrolment = enrolment_asked(door, enrolment_id)
        self.sent(request, Nothing)
        earned = claim_credit(
            actor=door.actor,
            enrolment=enrolment,
            today=day_in(enrolment.program),
            now=clock.now(),
        )
        return Response(_credit(earned))


def enrolment_asked(door: OwnDoor, enrolment_id: str) -> Enrolment:
    """Find one of one's own enrolments.

    Raises:
        Missing: there is none of this id.
    """
    rows = Enrolment.objects.visible_to(door.member)
    rows = rows.select_related("course", "version", "member", "assignment")
    found = rows.filter(pk=id_in_address(ENROLMENT, enrolment_id)).first()
    if found is None:
        raise Missing("Not found.")
    return found


def _progress(enrolment: Enrolment) -> dict[str, Any]:
    way = way_of(enrolment)
    left, resume = way.left, way.resume
    completed = enrolment.completed_at
    return {
        "enrolment": public_ids.spell(ENROLMENT, enrolment.pk),
        "course": enrolment.course.title,
        "version": enrolment.version.number,
        "page": resume.code,
        "second": f"{resume.second:.2f}",
        "captions": left.captions if left else None,
        "pages": [
            {
                "page": page.code,
                "title": page.title,
                "seconds": None if page.seconds is None else f"{page.seconds:.2f}",
                "spans": _spelled(way.spans(page)),
                "done": page.code in way.done,
            }
            for page in way.pages
        ],
        "completed_at": instant(completed) if completed else None,
    }


def _spelled(spans: Sequence[Sequence[Any]]) -> list[list[str]]:
    return [[f"{first:.2f}", f"{last:.2f}"] for first, last in spans]


def _evaluation(enrolment: Enrolment) -> dict[str, Any]:
    asked = rules_of(enrolment.course, day_in(enrolment.program)).evaluation
    return {
        "given": hasattr(enrolment, "evaluation"),
        "scale": list(asked.scale),
        "questions": [
            {"code": each.code, "text": each.text, "form": each.form}
            for each in asked.questions
        ],
    }


def _credit(earned: CourseCredit) -> dict[str, Any]:
    paper = earned.certificate
    url = reverse("verify", kwargs={"number": paper.number}) if paper else ""
    return {
        "id": public_ids.spell(CREDIT, earned.pk),
        "kind": earned.kind,
        "credits": f"{earned.credits:.2f}",
        "on": earned.on.isoformat(),
        "activity": _id(ACTIVITY, earned.activity_id),
        "certificate": _id(CERTIFICATE_PREFIX, paper.pk if paper else None),
        "verify_url": f"{settings.BASE_URL}{url}",
    }


def _id(prefix: str, key: UUID | None) -> str | None:
    return public_ids.spell(prefix, key) if key else None
