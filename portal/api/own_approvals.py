"""A sponsor applies for an activity's approval over REST, and reports attendance."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import SIGNED_IN, PersonDoor
from accounts.rest import RestView
from ce_credits.models import ApprovalApplication
from ce_credits.queries import attended
from ce_credits.rules import wrong_rows
from ce_credits.services import (
    check_attendance,
    send_application,
    send_attendance,
    start_application,
    withdraw_application,
)
from core import clock
from core.failures import FieldProblem, NotUsable, Stale
from core.rest import envelope, id_in_address, page_of
from credentials.policy import approval_programs
from portal.api.approval_asking import (
    AnsweredApproval,
    ApprovalsQuery,
    NewApproval,
    NewAttendance,
    SeenApproval,
    SubmittedApproval,
    completion_sent,
    typed_of,
)
from portal.api.approval_shapes import (
    PREFIX,
    ApprovalResource,
    AttendanceResource,
    approval_shown,
    attendance_shown,
)
from portal.api.days import day_in
from portal.queries.approvals import own_approval

NOT_ASKED = "Nothing is asked. Your answer was not sent."
REFUSALS = ("conflict", "stale-version")
ONE_DAY = {
    "program": approval_programs()[0],
    "title": "Credentialing in a storm",
    "sponsor": "Midwest Staff Association",
    "days": ["2026-10-02"],
}


class MyApprovals(RestView):
    """One's own applications; beginning one."""

    permissions: ClassVar = {"GET": SIGNED_IN, "POST": SIGNED_IN}
    query: ClassVar = ApprovalsQuery
    operations: ClassVar = {
        "GET": ("list", "my_approvals"),
        "POST": ("begin", "my_approval"),
    }

    @extend_schema(summary="List applications", responses=page_of(ApprovalResource))
    def get(self, request: Request, door: PersonDoor) -> Response:
        """List the activities that you applied to have approved, the newest first."""
        page = ApprovalsQuery.page_of(self.asked)
        mine = ApprovalApplication.objects.visible_to(door.person)
        if self.asked.get("status"):
            mine = mine.filter(state=self.asked["status"])
        rows = mine.select_related("item").prefetch_related("steps", "attendance")
        shown = [approval_shown(door, each) for each in rows[page.rows]]
        return envelope(request, page, mine.count(), shown)

    @extend_schema(
        summary="Begin an application",
        request=NewApproval,
        examples=[OpenApiExample("One day", ONE_DAY, request_only=True)],
        responses={HTTPStatus.CREATED: ApprovalResource},
    )
    def post(self, request: Request, door: PersonDoor) -> Response:
        """Begin an application. It is a draft: nobody but you sees it before you
        submit it.
        """
        asked = self.sent(request, NewApproval)
        made = start_application(
            actor=door.actor,
            user=door.person,
            program=asked["program"],
            typed=typed_of(asked),
            today=day_in(asked["program"]),
            now=clock.now(),
        )
        return Response(approval_shown(door, made), HTTPStatus.CREATED)


class MyApproval(RestView):
    """One application of one's own."""

    permissions: ClassVar = {"GET": SIGNED_IN}
    operations: ClassVar = {"GET": ("read", "my_approval")}

    @extend_schema(summary="Read an application", responses=ApprovalResource)
    def get(self, request: Request, door: PersonDoor, approval_id: str) -> Response:
        """Read an application, what staff asked, and its code once it is approved."""
        return Response(approval_shown(door, _mine(door, approval_id)))


class SubmittingApproval(RestView):
    """Sending an application to its body."""

    permissions: ClassVar = {"POST": SIGNED_IN}
    refusals: ClassVar = {"POST": REFUSALS}
    operations: ClassVar = {"POST": ("submit", "my_approval")}

    @extend_schema(
        summary="Submit an application",
        request=SubmittedApproval,
        responses=ApprovalResource,
    )
    def post(self, request: Request, door: PersonDoor, approval_id: str) -> Response:
        """Send a draft to the body, once; each field that is missing is named."""
        row = _mine(door, approval_id)
        asked = self.sent(request, SubmittedApproval)
        return _sent(door, row, asked)


class AnsweringApproval(RestView):
    """Answering what staff asked about an application."""

    permissions: ClassVar = {"POST": SIGNED_IN}
    refusals: ClassVar = {"POST": REFUSALS}
    operations: ClassVar = {"POST": ("answer", "my_approval")}

    @extend_schema(
        summary="Answer what staff asked",
        request=AnsweredApproval,
        responses=ApprovalResource,
    )
    def post(self, request: Request, door: PersonDoor, approval_id: str) -> Response:
        """Answer, and change what you sent where that is asked."""
        row = _mine(door, approval_id)
        asked = self.sent(request, AnsweredApproval)
        if row.state != ApprovalApplication.State.ASKED:
            raise Stale(NOT_ASKED)
        return _sent(door, row, asked)


class WithdrawingApproval(RestView):
    """Taking an application back."""

    permissions: ClassVar = {"POST": SIGNED_IN}
    refusals: ClassVar = {"POST": REFUSALS}
    operations: ClassVar = {"POST": ("withdraw", "my_approval")}

    @extend_schema(
        summary="Withdraw an application",
        request=SeenApproval,
        responses=ApprovalResource,
    )
    def post(self, request: Request, door: PersonDoor, approval_id: str) -> Response:
        """Take an application back before it is decided on."""
        row = _mine(door, approval_id)
        asked = self.sent(request, SeenApproval)
        withdraw_application(
            actor=door.actor,
            application=row,
            seen=asked["version"],
            today=day_in(row.program),
            now=clock.now(),
        )
        return Response(approval_shown(door, row))


class ReportingAttendance(RestView):
    """Reporting who attended an approved activity."""

    permissions: ClassVar = {"POST": SIGNED_IN}
    refusals: ClassVar = {"POST": ("conflict",)}
    operations: ClassVar = {"POST": ("report", "my_attendance")}

    @extend_schema(
        summary="Report attendance",
        request=NewAttendance,
        responses={
            HTTPStatus.ACCEPTED: AttendanceResource,
            HTTPStatus.OK: AttendanceResource,
        },
    )
    def post(self, request: Request, door: PersonDoor, approval_id: str) -> Response:
        """Send who attended (202); the body finds the people and gives the credit.

        Somebody who was named before is taken once. With `dry_run` nothing is kept
        (200). Each item that can't be used is named, and then nothing is taken.
        """
        row = _mine(door, approval_id)
        asked = self.sent(request, NewAttendance)
        sent = list(enumerate(map(completion_sent, asked["items"])))
        today = day_in(row.program)
        problems = [
            FieldProblem(f"items.{place}.{wrong.field}", wrong.text)
            for place, wrong in wrong_rows(attended(row), sent, today)
        ]
        if problems:
            raise NotUsable(problems[0].text, problems)
        if asked.get("dry_run"):
            tried = {"id": None, "rows": len(sent), "status": "checked"}
            return Response(tried | {"sent_at": None}, HTTPStatus.OK)
        now = clock.now()
        listed = check_attendance(
            actor=door.actor,
            user=door.person,
            application=row,
            name="",
            sent=sent,
            today=today,
            now=now,
        )
        send_attendance(actor=door.actor, attendance=listed, now=now)
        return Response(attendance_shown(listed), HTTPStatus.ACCEPTED)


def _mine(door: PersonDoor, approval_id: str) -> ApprovalApplication:
    return own_approval(door.person, id_in_address(PREFIX, approval_id))


def _sent(
    door: PersonDoor, row: ApprovalApplication, asked: Mapping[str, Any]
) -> Response:
    send_application(
        actor=door.actor,
        user=door.person,
        application=row,
        typed=row.typed | typed_of(asked),
        answer=asked.get("answer", ""),
        seen=asked["version"],
        today=day_in(row.program),
        now=clock.now(),
    )
    return Response(approval_shown(door, row))
