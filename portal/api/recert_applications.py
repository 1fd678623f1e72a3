"""One's own applications in a cycle over REST: begun, changed, submitted, withdrawn.

An extension is a request for more time; a reinstatement is applied for once the cycle
has lapsed. All three are applications, and tell themselves apart by their `kind`.
"""

from http import HTTPStatus
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import Refusal
from core.rest import (
    DayField,
    FlagField,
    LineField,
    Paged,
    Strict,
    WordField,
    envelope,
    id_in_address,
    page_of,
)
from credentials.policy import cycle_programs
from portal.api.ce_asking import Nothing
from portal.api.days import day_in
from portal.api.recert_shapes import (
    PREFIX,
    ApplicationResource,
    OwnApplicationResource,
    application_shown,
    etag_of,
    if_submitted_shown,
)
from portal.queries.recert_behind import ORDERINGS, applied, one_applied
from portal.queries.recertify import living_of
from portal.services import submit_own
from renewals.models import Recertification
from renewals.models.cycles import LONGEST_NAME
from renewals.queries import applying, kind_of
from renewals.services import (
    Written,
    keep_application,
    rewrite_application,
    withdraw_application,
)

STEPS = ("conflict", "not-eligible", "stale-version")
State = Recertification.State


class ApplicationsQuery(Paged):
    """The query parameters of every list of applications."""

    kind = WordField(Recertification.Kind.values, required=False)
    status = WordField(Recertification.State.values, required=False)
    cycle = DayField(required=False, help_text="Of the cycle that ends on this day.")
    ordering = WordField(tuple(ORDERINGS), default="-created_at")


class MyApplicationsQuery(ApplicationsQuery):
    """The query parameters of one's own list."""

    program = WordField(
        cycle_programs(), required=False, help_text="The certifying body."
    )


class ApplicationChanges(Strict):
    """What is to be changed of a draft; a field left out stays as it is."""

    name = LineField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_NAME,
        help_text="Your name on the certificate, exactly as in your profile.",
    )
    declared = FlagField(
        required=False, help_text="That what is reported is true and can be proved."
    )


class NewApplication(ApplicationChanges):
    """An application to begin; it is a draft until it is submitted."""

    program = WordField(cycle_programs(), help_text="The certifying body.")
    kind = WordField(Recertification.Kind.values)


class MyApplications(RestView):
    """One's own applications; beginning one."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}
    query: ClassVar = MyApplicationsQuery
    refusals: ClassVar = {"POST": STEPS}
    operations: ClassVar = {
        "GET": ("list", "recert_applications"),
        "POST": ("begin", "recert_application"),
    }

    @extend_schema(summary="List applications", responses=page_of(ApplicationResource))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List one's own applications and requests, drafts and ended ones too."""
        page = MyApplicationsQuery.page_of(self.asked)
        found = applied(door, self.asked, page, ordering=self.asked["ordering"])
        rows = [application_shown(door, each) for each in found.rows]
        return envelope(request, page, found.count, rows)

    @extend_schema(
        summary="Begin an application",
        request=NewApplication,
        examples=[
            OpenApiExample(
                "A request for more time",
                {
                    "program": cycle_programs()[0],
                    "kind": "extension",
                    "name": "Lena Ortiz",
                    "declared": True,
                },
                request_only=True,
            )
        ],
        responses={HTTPStatus.CREATED: OwnApplicationResource},
    )
    def post(self, request: Request, door: OwnDoor) -> Response:
        """Begin an application while its window is open; there is one of a kind.

        It is a draft. Submit it: until then nobody but you sees it.
        """
        asked = self.sent(request, NewApplication)
        program, kind = asked["program"], asked["kind"]
        there = living_of(door.member, program, kind)
        if there is not None and there.lives:
            named = public_ids.spell(PREFIX, there.pk)
            raise Refusal(
                f"You have one of this kind already: {named}. Nothing was begun."
            )
        begun = keep_application(
            actor=door.actor,
            member=door.member,
            program=program,
            kind=kind,
            seen=0,
            written=Written(asked.get("name", ""), asked.get("declared", False)),
            today=day_in(program),
            now=clock.now(),
        )
        return _answer(door, begun.pk, HTTPStatus.CREATED)


class MyApplication(RestView):
    """One application of one's own."""

    permissions: ClassVar = {"GET": OWN, "PATCH": OWN}
    matched: ClassVar = frozenset({"PATCH"})
    refusals: ClassVar = {"PATCH": STEPS}
    operations: ClassVar = {
        "GET": ("read", "recert_application"),
        "PATCH": ("change", "recert_application"),
    }

    @extend_schema(summary="Read an application", responses=OwnApplicationResource)
    def get(self, request: Request, door: OwnDoor, application_id: str) -> Response:
        """Read one application; a draft says what it would come to today, and why."""
        return _answer(door, id_in_address(PREFIX, application_id))

    @extend_schema(
        summary="Change an application",
        request=ApplicationChanges,
        examples=[OpenApiExample("Declared", {"declared": True}, request_only=True)],
        responses=OwnApplicationResource,
    )
    def patch(self, request: Request, door: OwnDoor, application_id: str) -> Response:
        """Change what a draft says. Fields that are not sent stay."""
        row = one_applied(door, id_in_address(PREFIX, application_id))
        asked = self.sent(request, ApplicationChanges)
        self.check_copy(etag_of(row))
        rewrite_application(
            actor=door.actor,
            application=row,
            seen=row.version,
            written=Written(
                asked.get("name", row.name), asked.get("declared", row.declared)
            ),
            now=clock.now(),
        )
        return _answer(door, row.pk)


class SubmittingMine(RestView):
    """Submitting one's own application."""

    permissions: ClassVar = {"POST": OWN}
    matched: ClassVar = frozenset({"POST"})
    refusals: ClassVar = {"POST": STEPS}
    operations: ClassVar = {"POST": ("submit", "recert_application")}

    @extend_schema(
        summary="Submit an application", request=None, responses=OwnApplicationResource
    )
    def post(self, request: Request, door: OwnDoor, application_id: str) -> Response:
        """Submit a draft, or order anew where its order was cancelled.

        A request for more time is under review at once. All else waits for its `order`
        to be paid, by card or cheque on the order's `page`. One that is submitted stays
        as it is. A name unlike the profile's, or nothing declared, is answered 422;
        what the rules lack 409, each rule in `why`.
        """
        row = one_applied(door, id_in_address(PREFIX, application_id))
        self.sent(request, Nothing)
        self.check_copy(etag_of(row))
        submit_own(
            door=door,
            application=row,
            today=day_in(row.program),
            now=clock.now(),
        )
        return _answer(door, row.pk)


class WithdrawingMine(RestView):
    """Withdrawing one's own application."""

    permissions: ClassVar = {"POST": OWN}
    matched: ClassVar = frozenset({"POST"})
    refusals: ClassVar = {"POST": STEPS}
    operations: ClassVar = {"POST": ("withdraw", "recert_application")}

    @extend_schema(
        summary="Withdraw an application",
        request=None,
        responses=OwnApplicationResource,
    )
    def post(self, request: Request, door: OwnDoor, application_id: str) -> Response:
        """Withdraw an application that nobody decided on; it stays withdrawn.

        An order that isn't paid is cancelled with it. What is paid goes back only when
        staff refund it.
        """
        row = one_applied(door, id_in_address(PREFIX, application_id))
        self.sent(request, Nothing)
        self.check_copy(etag_of(row))
        withdraw_application(
            actor=door.actor,
            application=row,
            seen=row.version,
            today=day_in(row.program),
            now=clock.now(),
        )
        return _answer(door, row.pk)


def _answer(
    door: OwnDoor, application_id: UUID, status: int = HTTPStatus.OK
) -> Response:
    """Answer an application as it stands now."""
    row = one_applied(door, application_id)
    shown = application_shown(door, row) | {"if_submitted": None}
    if row.state == State.DRAFT or row.needs_order:
        today = day_in(row.program)
        found = applying(
            door.member, row.program, kind_of(row), today=today, now=clock.now()
        )
        shown["if_submitted"] = if_submitted_shown(found, today)
    return Response(shown, status, headers={"ETag": etag_of(row)})
