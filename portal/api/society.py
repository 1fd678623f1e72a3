"""Who is in the society that a body's fees ask about, over REST (N6)."""

from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_CERTIFY, StaffDoor
from accounts.models import Member
from accounts.rest import RestView
from core import clock, public_ids
from core.paging import cut
from core.rest import (
    DayField,
    IdField,
    Paged,
    Strict,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from credentials.models import SocietyMembership
from credentials.services import end_society, record_society
from portal.api.days import day_in
from portal.programs import check_cycles
from portal.queries.applications import society_of
from portal.queries.staff import member_of

PREFIX = "soc"


class SocietyResource(serializers.Serializer):
    """A membership of the society, as staff recorded it."""

    id = IdField(PREFIX)
    member = IdField("mem")
    program = serializers.CharField()
    from_on = serializers.DateField()
    until_on = serializers.DateField(
        allow_null=True, help_text="Its last day; null while it runs."
    )
    recorded_by = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class NewSociety(Strict):
    """From when on somebody is a member of the society."""

    from_on = DayField(help_text="The first day, today or earlier.")


class EndOfSociety(Strict):
    """Until when somebody is a member of the society."""

    until_on = DayField(help_text="The last day of the membership that runs.")


class SocietyMemberships(RestView):
    """A member's memberships of the society."""

    permissions: ClassVar = {"GET": STAFF_CERTIFY, "POST": STAFF_CERTIFY}
    query: ClassVar = Paged
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    operations: ClassVar = {
        "GET": ("list", "society_memberships"),
        "POST": ("record", "society_membership"),
    }

    @extend_schema(
        summary="List a member's society memberships",
        responses=page_of(SocietyResource),
    )
    def get(self, request: Request, door: StaffDoor, member_id: str) -> Response:
        """List a member's memberships, the newest first; one may run."""
        member = _member(door, member_id)
        page = Paged.page_of(self.asked)
        rows = cut(society_of(member, door.program), page)
        return envelope(request, page, rows.count, map(_shown, rows.rows))

    @extend_schema(
        summary="Record a society membership",
        request=NewSociety,
        responses={HTTPStatus.CREATED: SocietyResource},
    )
    def post(self, request: Request, door: StaffDoor, member_id: str) -> Response:
        """Record that somebody is a member from a day on; the same again is nothing.

        Nobody records it of themselves.
        """
        member = _member(door, member_id)
        asked = self.sent(request, NewSociety)
        made = record_society(
            actor=door.actor,
            member=member,
            program=door.program,
            from_on=asked["from_on"],
            today=day_in(door.program),
            now=clock.now(),
        )
        return Response(_shown(made), HTTPStatus.CREATED)


class EndingSociety(RestView):
    """The end of the membership that runs."""

    permissions: ClassVar = {"POST": STAFF_CERTIFY}
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {"POST": ("end", "society_membership")}

    @extend_schema(
        summary="End a society membership",
        request=EndOfSociety,
        responses=SocietyResource,
    )
    def post(self, request: Request, door: StaffDoor, member_id: str) -> Response:
        """Record the last day of the membership that runs."""
        member = _member(door, member_id)
        asked = self.sent(request, EndOfSociety)
        ended = end_society(
            actor=door.actor,
            member=member,
            program=door.program,
            until_on=asked["until_on"],
            now=clock.now(),
        )
        return Response(_shown(ended))


def _member(door: StaffDoor, member_id: str) -> Member:
    """Find a member of a body of cycles.

    Raises:
        Missing: the body has no cycles, or knows no such member.
    """
    check_cycles(door.program)
    return member_of(door.program, id_in_address("mem", member_id))


def _shown(row: SocietyMembership) -> dict[str, Any]:
    return {
        "id": public_ids.spell(PREFIX, row.pk),
        "member": public_ids.spell("mem", row.member_id),
        "program": row.program,
        "from_on": row.from_on.isoformat(),
        "until_on": row.until_on and row.until_on.isoformat(),
        "recorded_by": row.recorded_by,
        "recorded_at": instant(row.recorded_at),
    }
