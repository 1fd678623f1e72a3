"""A sponsor asks for a change of what was approved, over REST (M12)."""

from http import HTTPStatus
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import SIGNED_IN, PersonDoor
from accounts.rest import RestView
from ce_credits.services import change_approved
from core import clock
from core.rest import id_in_address
from portal.api.approval_asking import SeenApproval
from portal.api.approval_shapes import PREFIX, ApprovalResource, approval_shown
from portal.queries.approvals import own_approval


class ChangingApproval(RestView):
    """Asking for a change of an approved activity."""

    permissions: ClassVar = {"POST": SIGNED_IN}
    refusals: ClassVar = {"POST": ("conflict", "stale-version")}
    operations: ClassVar = {"POST": ("change", "my_approval")}

    @extend_schema(
        summary="Begin a change of an approved activity",
        request=SeenApproval,
        responses={HTTPStatus.CREATED: ApprovalResource},
    )
    def post(self, request: Request, door: PersonDoor, approval_id: str) -> Response:
        """Begin a draft that says what was approved; change it, then submit it.

        Once it is approved it takes the place of this one, under a code of its own.
        Until it is decided on, again gives back the draft there is.
        """
        row = own_approval(door.person, id_in_address(PREFIX, approval_id))
        asked = self.sent(request, SeenApproval)
        made = change_approved(
            actor=door.actor,
            user=door.person,
            application=row,
            seen=asked["version"],
            now=clock.now(),
        )
        return Response(approval_shown(door, made), HTTPStatus.CREATED)
