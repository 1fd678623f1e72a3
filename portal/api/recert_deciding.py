"""A body's staff read applications in cycles over REST; managers decide on them."""

from typing import ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_APPLICATIONS, STAFF_SEE, StaffDoor
from accounts.rest import RestView
from core import clock
from core.rest import (
    IdField,
    Strict,
    TextField,
    WordField,
    envelope,
    id_in_address,
    page_of,
)
from portal.api.days import day_in
from portal.api.recert_applications import ApplicationsQuery
from portal.api.recert_shapes import (
    PREFIX,
    BodyApplicationResource,
    application_shown,
    etag_of,
)
from portal.api.seen import SeenVersion
from portal.programs import check_cycles
from portal.queries.recert_behind import applied, one_applied
from renewals.models import Recertification
from renewals.services import Verdict, decide_application

LONGEST_SEARCH, LONGEST_REASON = 100, 400
OUTCOMES = (
    Recertification.State.APPROVED.value,
    Recertification.State.REFUSED.value,
)


class BodyApplicationsQuery(ApplicationsQuery):
    """The query parameters of a body's list."""

    member = IdField("mem", required=False)
    q = TextField(
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="Words that all stand in the member's name.",
    )


class NewVerdict(Strict):
    """What a manager says of the version they looked at."""

    version = SeenVersion("The application's version that the manager saw.", first=1)
    outcome = WordField(OUTCOMES)
    reason = TextField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_REASON,
        help_text="The applicant reads it. Needed where it is refused.",
    )


class BodyApplications(RestView):
    """What was submitted to a body."""

    permissions: ClassVar = {"GET": STAFF_SEE}
    query: ClassVar = BodyApplicationsQuery
    operations: ClassVar = {"GET": ("list", "recert_applications")}

    @extend_schema(
        summary="List applications", responses=page_of(BodyApplicationResource)
    )
    def get(self, request: Request, door: StaffDoor) -> Response:
        """List what was submitted; `status=open` is what waits for a decision."""
        check_cycles(door.program)
        page = BodyApplicationsQuery.page_of(self.asked)
        found = applied(door, self.asked, page, ordering=self.asked["ordering"])
        rows = [application_shown(door, each) for each in found.rows]
        return envelope(request, page, found.count, rows)


class BodyApplication(RestView):
    """One application that was submitted to a body."""

    permissions: ClassVar = {"GET": STAFF_SEE}
    operations: ClassVar = {"GET": ("read", "recert_application")}

    @extend_schema(summary="Read an application", responses=BodyApplicationResource)
    def get(self, request: Request, door: StaffDoor, application_id: str) -> Response:
        """Read one application with all that was known when it was submitted."""
        check_cycles(door.program)
        return _answer(door, application_id)


class DecidingApplication(RestView):
    """The decision on an application."""

    permissions: ClassVar = {"POST": STAFF_APPLICATIONS}
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    operations: ClassVar = {"POST": ("decide_on", "recert_application")}

    @extend_schema(
        summary="Decide on an application",
        request=NewVerdict,
        examples=[
            OpenApiExample(
                "Approve an application",
                {"version": 3, "outcome": "approved"},
                request_only=True,
            ),
            OpenApiExample(
                "Refuse an application",
                {
                    "version": 3,
                    "outcome": "refused",
                    "reason": "Two conferences lack their proof.",
                },
                request_only=True,
            ),
        ],
        responses=BodyApplicationResource,
    )
    def post(self, request: Request, door: StaffDoor, application_id: str) -> Response:
        """Approve or refuse what is under review; standing follows, and a mail says so.

        Nobody decides on their own. A version that is not the present one is refused,
        and so is a second decision.
        """
        check_cycles(door.program)
        row = one_applied(door, id_in_address(PREFIX, application_id))
        asked = self.sent(request, NewVerdict)
        decide_application(
            actor=door.actor,
            application=row,
            seen=asked["version"],
            verdict=Verdict(asked["outcome"], asked.get("reason", "")),
            today=day_in(door.program),
            now=clock.now(),
        )
        return _answer(door, application_id)


def _answer(door: StaffDoor, application_id: str) -> Response:
    row = one_applied(door, id_in_address(PREFIX, application_id))
    return Response(application_shown(door, row), headers={"ETag": etag_of(row)})
