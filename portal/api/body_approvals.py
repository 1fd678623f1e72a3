"""A body's managers decide on sponsors' activities over REST (M12, N10)."""

from typing import ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_APPROVALS, StaffDoor
from accounts.rest import RestView
from ce_credits.models import ApprovalApplication
from ce_credits.services import (
    approve_activity,
    ask_sponsor,
    end_approval,
    refuse_activity,
)
from core import clock
from core.rest import envelope, id_in_address, page_of
from portal.api.approval_asking import (
    OUTCOMES,
    ApprovalsQuery,
    ApprovalVerdict,
    AskedSponsor,
    EndedApproval,
)
from portal.api.approval_shapes import (
    PREFIX,
    ApprovalResource,
    approval_shown,
)
from portal.api.days import day_in
from portal.queries.approvals import approval_rules
from portal.queries.staff_approvals import approvals_of, one_approval

REFUSALS = ("conflict", "not-eligible", "stale-version")


class BodyApprovals(RestView):
    """What sponsors sent a body."""

    permissions: ClassVar = {"GET": STAFF_APPROVALS}
    query: ClassVar = ApprovalsQuery
    operations: ClassVar = {"GET": ("list", "approvals")}

    @extend_schema(
        summary="List sponsors' activities", responses=page_of(ApprovalResource)
    )
    def get(self, request: Request, door: StaffDoor) -> Response:
        """List what was sent; `status=submitted` is what waits for a decision."""
        _check(door)
        page = ApprovalsQuery.page_of(self.asked)
        found = approvals_of(door.program, state=self.asked.get("status", ""))
        rows = found.prefetch_related("steps")[page.rows]
        shown = [approval_shown(door, each) for each in rows]
        return envelope(request, page, found.count(), shown)


class BodyApproval(RestView):
    """One activity that a sponsor sent."""

    permissions: ClassVar = {"GET": STAFF_APPROVALS}
    operations: ClassVar = {"GET": ("read", "approval")}

    @extend_schema(summary="Read a sponsor's activity", responses=ApprovalResource)
    def get(self, request: Request, door: StaffDoor, approval_id: str) -> Response:
        """Read what was sent, with the credit it would bring and why."""
        return Response(approval_shown(door, _one(door, approval_id)))


class AskingSponsor(RestView):
    """Asking a sponsor something."""

    permissions: ClassVar = {"POST": STAFF_APPROVALS}
    refusals: ClassVar = {"POST": REFUSALS}
    operations: ClassVar = {"POST": ("ask", "approval")}

    @extend_schema(
        summary="Ask a sponsor", request=AskedSponsor, responses=ApprovalResource
    )
    def post(self, request: Request, door: StaffDoor, approval_id: str) -> Response:
        """Ask about an activity; the sponsor gets a mail, and it waits for them."""
        row = _one(door, approval_id)
        asked = self.sent(request, AskedSponsor)
        ask_sponsor(
            actor=door.actor,
            application=row,
            words=asked["words"],
            seen=asked["version"],
            today=day_in(door.program),
            now=clock.now(),
        )
        return Response(approval_shown(door, row))


class DecidingApproval(RestView):
    """The decision on a sponsor's activity."""

    permissions: ClassVar = {"POST": STAFF_APPROVALS}
    refusals: ClassVar = {"POST": REFUSALS}
    operations: ClassVar = {"POST": ("decide_on", "approval")}

    @extend_schema(
        summary="Decide on a sponsor's activity",
        request=ApprovalVerdict,
        examples=[
            OpenApiExample(
                "Approve it", {"version": 1, "outcome": OUTCOMES[0]}, request_only=True
            )
        ],
        responses=ApprovalResource,
    )
    def post(self, request: Request, door: StaffDoor, approval_id: str) -> Response:
        """Approve it, and it enters the catalogue with its code; or refuse it."""
        row = _one(door, approval_id)
        asked = self.sent(request, ApprovalVerdict)
        words, seen, today = (
            asked.get("words", ""),
            asked["version"],
            day_in(door.program),
        )
        if asked["outcome"] == ApprovalApplication.State.APPROVED:
            approve_activity(
                actor=door.actor,
                application=row,
                words=words,
                seen=seen,
                today=today,
                now=clock.now(),
            )
        else:
            refuse_activity(
                actor=door.actor,
                application=row,
                ground=asked.get("ground", ""),
                words=words,
                seen=seen,
                today=today,
                now=clock.now(),
            )
        return Response(approval_shown(door, row))


class EndingApproval(RestView):
    """Taking an approval back."""

    permissions: ClassVar = {"POST": STAFF_APPROVALS}
    refusals: ClassVar = {"POST": REFUSALS}
    operations: ClassVar = {"POST": ("end", "approval")}

    @extend_schema(
        summary="End an approval", request=EndedApproval, responses=ApprovalResource
    )
    def post(self, request: Request, door: StaffDoor, approval_id: str) -> Response:
        """End an approval today. Its activity leaves the catalogue, and the sponsor
        gets a mail with the reason.

        Days until today keep their credit, also where they are reported later.
        """
        row = _one(door, approval_id)
        asked = self.sent(request, EndedApproval)
        end_approval(
            actor=door.actor,
            application=row,
            words=asked["words"],
            seen=asked["version"],
            today=day_in(door.program),
            now=clock.now(),
        )
        return Response(approval_shown(door, row))


def _check(door: StaffDoor) -> None:
    approval_rules(door.program, day_in(door.program))


def _one(door: StaffDoor, approval_id: str) -> ApprovalApplication:
    _check(door)
    return one_approval(door.program, id_in_address(PREFIX, approval_id))
