"""Being noted at the door of a live activity, over REST (M4)."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import Missing
from core.problems import RateLimited
from core.rest import id_in_address, instant
from core.throttle import too_many_codes
from courses.queries.live import registration_of
from courses.services import attend_at_door
from portal.api.days import day_in, days
from portal.api.live_asking import AttendanceNoted, DoorCode
from portal.api.live_shapes import LIVE
from portal.queries.live import live_of
from portal.queries.live_limits import wait_words


class AttendingAtDoor(RestView):
    """Typing the code that is shown at the door."""

    permissions: ClassVar = {"POST": OWN}
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {"POST": ("attend", "live_activity")}

    @extend_schema(
        summary="Say that you are there", request=DoorCode, responses=AttendanceNoted
    )
    def post(self, request: Request, door: OwnDoor, live_id: str) -> Response:
        """Type the code at the door, on a day of its sessions. Again gives the first.

        Codes are limited, right ones too: 429 says when one is taken again.
        """
        live = live_of(door.member, id_in_address(LIVE, live_id), days())
        sent = self.sent(request, DoorCode)
        seconds = too_many_codes(request, door.actor.user_id)
        if seconds:
            raise RateLimited(
                wait_words(seconds), extra={"retry_after": int(seconds) + 1}
            )
        row = registration_of(door.member, live)
        if row is None:
            raise Missing("Not found.")
        noted = attend_at_door(
            actor=door.actor,
            registration=row,
            typed=sent["door_code"],
            today=day_in(live.program),
            now=clock.now(),
        )
        return Response(
            {
                "activity": public_ids.spell(LIVE, live.pk),
                "how": noted.how,
                "on": noted.on.isoformat(),
                "at": instant(noted.at),
            }
        )
