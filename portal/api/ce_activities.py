"""CE activities over REST: a practice's, one's own, those a body decides on."""

from http import HTTPStatus
from typing import ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import (
    API_CE,
    API_CE_RECORD,
    OWN,
    STAFF_DECIDE,
    Door,
    OwnDoor,
    PracticeDoor,
)
from accounts.rest import RestView
from ce_credits.models import Activity
from ce_credits.services import save_draft, start_draft
from core import clock
from core.failures import FieldProblem, Missing, Refusal
from core.rest import envelope, id_in_address, page_of
from credentials.policy import programs
from portal.api.ce_asking import (
    ActivitiesQuery,
    ActivityChanges,
    BodyActivitiesQuery,
    MyActivitiesQuery,
    NewActivity,
    NewMemberActivity,
    PracticeActivitiesQuery,
    typed,
)
from portal.api.ce_found import answer, found_to_write
from portal.api.ce_shapes import PREFIX, ActivityResource, etag_of, shown
from portal.api.days import day_in
from portal.queries.activity_typed import typed_of
from portal.queries.reported import member_to_report_for, reported

UNKNOWN = "The practice sponsors no member of this id in this program."
LATE = "It is submitted. Withdraw it, or wait until staff ask for something."
WEBINAR = {
    "program": programs()[0],
    "kind": "webinar",
    "title": "Documenting a visit (45 min)",
    "on": "2025-10-02",
    "licence_number": "A-1042",
}


class ActivityList(RestView):
    """The activities behind a door."""

    query: ClassVar = ActivitiesQuery
    operations: ClassVar = {
        "GET": ("list", "ce_activities"),
        "POST": ("begin", "ce_activity"),
    }

    @extend_schema(summary="List CE activities", responses=page_of(ActivityResource))
    def get(self, request: Request, door: Door) -> Response:
        """List what was reported, each with its credit, its proofs and its history."""
        page = self.query.page_of(self.asked)
        found = reported(door, self.asked, page, ordering=self.asked["ordering"])
        return envelope(request, page, found.count, map(shown, found.rows))


class PracticeActivities(ActivityList):
    """What the practice's people reported; reporting for them."""

    permissions: ClassVar = {"GET": API_CE, "POST": API_CE_RECORD}
    query: ClassVar = PracticeActivitiesQuery

    @extend_schema(
        summary="Begin a CE activity",
        request=NewMemberActivity,
        examples=[
            OpenApiExample(
                "A webinar",
                {"member": "mem_3f1c9a7be2d84c5fa0617b2d9e48c350", **WEBINAR},
                request_only=True,
            )
        ],
        responses={HTTPStatus.CREATED: ActivityResource},
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Begin an activity for a member. Add proof, then submit it: it counts then."""
        asked = self.sent(request, NewMemberActivity)
        member = member_to_report_for(door, asked["member"], asked["program"])
        if member is None:
            raise Missing(UNKNOWN, [FieldProblem("member", UNKNOWN, "unknown")])
        begun = start_draft(
            actor=door.actor,
            member=member,
            program=asked["program"],
            typed=typed(asked["program"], asked, {}, day_in(asked["program"])),
            practice=door.practice,
            now=clock.now(),
        )
        return answer(door, begun.pk, HTTPStatus.CREATED)


class MyActivities(ActivityList):
    """What I reported; reporting more."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}
    query: ClassVar = MyActivitiesQuery

    @extend_schema(
        summary="Begin a CE activity",
        request=NewActivity,
        examples=[OpenApiExample("A webinar", WEBINAR, request_only=True)],
        responses={HTTPStatus.CREATED: ActivityResource},
    )
    def post(self, request: Request, door: OwnDoor) -> Response:
        """Begin an activity of one's own. Add proof, then submit it: it counts then."""
        asked = self.sent(request, NewActivity)
        begun = start_draft(
            actor=door.actor,
            member=door.member,
            program=asked["program"],
            typed=typed(asked["program"], asked, {}, day_in(asked["program"])),
            now=clock.now(),
        )
        return answer(door, begun.pk, HTTPStatus.CREATED)


class BodyActivities(ActivityList):
    """What was reported to a body."""

    permissions: ClassVar = {"GET": STAFF_DECIDE}
    query: ClassVar = BodyActivitiesQuery


class OneActivity(RestView):
    """One activity."""

    operations: ClassVar = {
        "GET": ("read", "ce_activity"),
        "PATCH": ("change", "ce_activity"),
    }

    @extend_schema(summary="Read a CE activity", responses=ActivityResource)
    def get(self, request: Request, door: Door, activity_id: str) -> Response:
        """Read one activity, with its credit, its proofs and its history."""
        return answer(door, id_in_address(PREFIX, activity_id))


class OpenActivity(OneActivity):
    """One activity, to be written in until it is submitted."""

    matched: ClassVar = frozenset({"PATCH"})
    refusals: ClassVar = {"PATCH": ("conflict", "not-eligible", "stale-version")}

    @extend_schema(
        summary="Change a CE activity",
        request=ActivityChanges,
        examples=[OpenApiExample("Minutes", {"minutes": 50}, request_only=True)],
        responses=ActivityResource,
    )
    def patch(self, request: Request, door: Door, activity_id: str) -> Response:
        """Change what a draft says, or one that staff returned or did not accept.

        Fields that are not sent stay. What was submitted before stands until it is
        submitted again.
        """
        row = found_to_write(door, activity_id).row
        asked = self.sent(request, ActivityChanges)
        self.check_copy(etag_of(row))
        if row.state not in Activity.OPEN:
            raise Refusal(LATE)
        save_draft(
            actor=door.actor,
            activity=row,
            typed=typed(row.program, asked, typed_of(row), day_in(row.program)),
            seen_saves=row.saves,
            read_from_file=[name for name in row.read_from_file if name not in asked],
            now=clock.now(),
        )
        return answer(door, row.pk)


class PracticeActivity(OpenActivity):
    """One activity of the practice's people."""

    permissions: ClassVar = {"GET": API_CE, "PATCH": API_CE_RECORD}


class MyActivity(OpenActivity):
    """One activity of one's own."""

    permissions: ClassVar = {"GET": OWN, "PATCH": OWN}


class BodyActivity(OneActivity):
    """One activity that was reported to a body."""

    permissions: ClassVar = {"GET": STAFF_DECIDE}
