"""What managers do with an application short of deciding, and what is answered."""

from typing import ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import (
    OWN,
    STAFF_APPLICATIONS,
    STAFF_AUDITS,
    OwnDoor,
    StaffDoor,
)
from accounts.rest import RestView
from core import clock
from core.failures import Stale
from core.rest import Strict, TextField, id_in_address
from portal.api.days import day_in
from portal.api.recert_shapes import (
    PREFIX,
    ApplicationResource,
    BodyApplicationResource,
    application_shown,
    etag_of,
)
from portal.api.seen import SeenVersion
from portal.programs import check_cycles
from portal.queries.recert_behind import one_applied
from portal.services import Act, act_on
from renewals.models.cycles import LONGEST_ANSWER, LONGEST_WORDS
from renewals.services import answer_staff

STEPS = ("not-eligible", "stale-version")
VERSION = "The application's version that the manager saw."


class NewQuestion(Strict):
    """What a manager asks."""

    version = SeenVersion(VERSION, first=1)
    words = TextField(max_length=LONGEST_WORDS, help_text="The applicant reads them.")


class NewReason(Strict):
    """Why a manager holds or releases."""

    version = SeenVersion(VERSION, first=1)
    reason = TextField(max_length=LONGEST_WORDS, help_text="Staff alone read it.")


class NewAnswer(Strict):
    """What an applicant answers."""

    answer = TextField(max_length=LONGEST_ANSWER)


class Acting(RestView):
    """One step of a manager's with an application, short of deciding.

    `asks` is what it takes: the version that was seen, and words or a reason.
    """

    refusals: ClassVar = {"POST": STEPS}
    asks: ClassVar[type[Strict]] = NewReason

    def acted(
        self, request: Request, door: StaffDoor, application_id: str, step: str
    ) -> Response:
        """Take the step, and answer with the application as it is then."""
        asked = self.sent(request, self.asks)
        words = asked["words"] if "words" in asked else asked["reason"]
        check_cycles(door.program)
        act_on(
            actor=door.actor,
            application=one_applied(door, id_in_address(PREFIX, application_id)),
            act=Act(step, words, asked["version"]),
            today=day_in(door.program),
            now=clock.now(),
        )
        return _answer(door, application_id)


class AskingApplicant(Acting):
    """Asking an applicant for something."""

    permissions: ClassVar = {"POST": STAFF_APPLICATIONS}
    asks: ClassVar = NewQuestion
    operations: ClassVar = {"POST": ("ask_about", "recert_application")}

    @extend_schema(
        summary="Ask an applicant",
        request=NewQuestion,
        examples=[
            OpenApiExample(
                "Ask for a proof",
                {"version": 3, "words": "Please add the certificate of May 2."},
                request_only=True,
            )
        ],
        responses=BodyApplicationResource,
    )
    def post(self, request: Request, door: StaffDoor, application_id: str) -> Response:
        """Ask an applicant for something; a letter and the bell say so.

        One question at a time is open. The days of the answer stay as they are.
        """
        return self.acted(request, door, application_id, "ask")


class HoldingApplication(Acting):
    """Holding an application for a closer look."""

    permissions: ClassVar = {"POST": STAFF_APPLICATIONS}
    operations: ClassVar = {"POST": ("hold", "recert_application")}

    @extend_schema(
        summary="Hold an application",
        request=NewReason,
        responses=BodyApplicationResource,
    )
    def post(self, request: Request, door: StaffDoor, application_id: str) -> Response:
        """Hold an application under review: until it is released none approves it."""
        return self.acted(request, door, application_id, "hold")


class ReleasingApplication(Acting):
    """Releasing a held application."""

    permissions: ClassVar = {"POST": STAFF_APPLICATIONS}
    operations: ClassVar = {"POST": ("release", "recert_application")}

    @extend_schema(
        summary="Release an application",
        request=NewReason,
        responses=BodyApplicationResource,
    )
    def post(self, request: Request, door: StaffDoor, application_id: str) -> Response:
        """Release a held application, so that it can be approved; twice is once."""
        return self.acted(request, door, application_id, "release")


class AuditingApplication(Acting):
    """Auditing what an application rests on."""

    permissions: ClassVar = {"POST": STAFF_AUDITS}
    operations: ClassVar = {"POST": ("audit", "recert_application")}

    @extend_schema(
        summary="Audit an application",
        request=NewReason,
        responses=BodyApplicationResource,
    )
    def post(self, request: Request, door: StaffDoor, application_id: str) -> Response:
        """Ask for proof of all that counts, and hold it until the audit is closed.

        A letter says what to send, and by which day of the policy.
        """
        return self.acted(request, door, application_id, "audit")


class AnsweringMine(RestView):
    """Answering what was asked about one's own application."""

    permissions: ClassVar = {"POST": OWN}
    refusals: ClassVar = {"POST": ("stale-version",)}
    operations: ClassVar = {"POST": ("answer", "recert_application")}

    @extend_schema(
        summary="Answer what staff asked",
        request=NewAnswer,
        responses=ApplicationResource,
    )
    def post(self, request: Request, door: OwnDoor, application_id: str) -> Response:
        """Answer the question that is open, once; the same answer again is nothing.

        A proof that is missing is added to its activity.
        """
        row = one_applied(door, id_in_address(PREFIX, application_id))
        said = self.sent(request, NewAnswer)
        question = row.questions.last()
        if question is None:
            raise Stale("Nothing is asked. Your answer was not sent.")
        answer_staff(
            actor=door.actor,
            application=row,
            question=question,
            answer=said["answer"],
            today=day_in(row.program),
            now=clock.now(),
        )
        return _answer(door, application_id)


def _answer(door: StaffDoor | OwnDoor, application_id: str) -> Response:
    row = one_applied(door, id_in_address(PREFIX, application_id))
    return Response(application_shown(door, row), headers={"ETag": etag_of(row)})
