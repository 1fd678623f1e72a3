"""Finding the activity that an address names, and answering it."""

from http import HTTPStatus
from uuid import UUID

from rest_framework.response import Response

from accounts.access import Door
from core.rest import id_in_address
from portal.api.ce_shapes import PREFIX, etag_of, shown
from portal.queries.reported import Reported, check_may_write, one_reported


def found_to_write(door: Door, activity_id: str) -> Reported:
    """Find an activity that whoever came in may change.

    Raises:
        Missing: there is none.
        Refusal: somebody else reported it.
        NotEligible: the practice no longer stands for the member.
    """
    found = one_reported(door, id_in_address(PREFIX, activity_id))
    check_may_write(door, found)
    return found


def answer(door: Door, activity_id: UUID, status: int = HTTPStatus.OK) -> Response:
    """Answer an activity as it stands now."""
    found = one_reported(door, activity_id)
    return Response(shown(found), status, headers={"ETag": etag_of(found.row)})
