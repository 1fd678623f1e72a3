"""A holder's licences over REST: entered, changed, and what a registration lacks."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import Missing
from core.paging import cut
from core.rest import (
    CountField,
    DayField,
    IdField,
    LineField,
    Paged,
    Strict,
    WordField,
    envelope,
    id_in_address,
    page_of,
)
from credentials.policy import licence_programs
from portal.api.days import day_in
from portal.api.licence_shapes import RelicensureResource, relicensure_shown
from portal.queries.licence_ways import Learning
from renewals.models import LONGEST_NUMBER, Licence
from renewals.services import (
    LicenceDetails,
    change_licence,
    enter_licence,
    remove_licence,
)

PREFIX = "lic"
LAST_VERSION = 10**9


class LicenceFields(Strict):
    """What a holder enters of a licence."""

    number = LineField(max_length=LONGEST_NUMBER)
    first_on = DayField(help_text="The first day of the registration period.")
    last_on = DayField(help_text="Its last day, on which credit still counts.")
    retired_on = DayField(
        required=False,
        allow_null=True,
        help_text="From that day on nothing is owed, and its holder may not practise.",
    )


class NewLicence(LicenceFields):
    """A licence to enter."""

    program = WordField(licence_programs(), help_text="The certifying body.")


class ChangedLicence(LicenceFields):
    """A licence as it is from now on."""

    version = CountField(
        min_value=1, max_value=LAST_VERSION, help_text="The version you looked at."
    )


class LicenceResource(serializers.Serializer):
    """A licence, and how its registration stands."""

    id = IdField(PREFIX)
    program = serializers.CharField()
    number = serializers.CharField()
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    retired_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()
    relicensure = RelicensureResource(allow_null=True)


class MyLicences(RestView):
    """One's own licences."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}
    query: ClassVar = Paged
    operations: ClassVar = {"GET": ("list", "licences"), "POST": ("enter", "licence")}

    @extend_schema(summary="List licences", responses=page_of(LicenceResource))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List your licences, and what each registration has and lacks."""
        page = Paged.page_of(self.asked)
        found = cut(list(Licence.objects.visible_to(door.member)), page)
        learning = {
            each: _learning(door, each) for each in {row.program for row in found.rows}
        }
        shown = [_shown(each, learning[each.program]) for each in found.rows]
        return envelope(request, page, found.count, shown)

    @extend_schema(
        summary="Enter a licence",
        request=NewLicence,
        responses={HTTPStatus.CREATED: LicenceResource},
    )
    def post(self, request: Request, door: OwnDoor) -> Response:
        """Enter a licence with its registration period; a number is entered once."""
        asked = self.sent(request, NewLicence)
        entered = enter_licence(
            actor=door.actor,
            member=door.member,
            program=asked["program"],
            details=_details(asked),
            now=clock.now(),
        )
        shown = _shown(entered, _learning(door, entered.program))
        return Response(shown, HTTPStatus.CREATED)


class MyLicence(RestView):
    """One of one's own licences."""

    permissions: ClassVar = {"GET": OWN, "PUT": OWN, "DELETE": OWN}
    matched: ClassVar = frozenset({"PUT", "DELETE"})
    refusals: ClassVar = {
        "PUT": ("stale-version",),
        "DELETE": ("conflict", "stale-version"),
    }
    operations: ClassVar = {
        "GET": ("read", "licence"),
        "PUT": ("change", "licence"),
        "DELETE": ("remove", "licence"),
    }

    @extend_schema(summary="Read a licence", responses=LicenceResource)
    def get(self, request: Request, door: OwnDoor, licence_id: str) -> Response:
        """Read what its registration asks, what counts, and what is missing."""
        return _answer(door, _licence(door, licence_id))

    @extend_schema(
        summary="Change a licence", request=ChangedLicence, responses=LicenceResource
    )
    def put(self, request: Request, door: OwnDoor, licence_id: str) -> Response:
        """Change number, registration period or retirement."""
        asked = self.sent(request, ChangedLicence)
        found = _licence(door, licence_id)
        self.check_copy(_etag(found))
        changed = change_licence(
            actor=door.actor,
            licence=found,
            details=_details(asked),
            seen=asked["version"],
            now=clock.now(),
        )
        return _answer(door, changed)

    @extend_schema(
        summary="Take a licence away", responses={HTTPStatus.NO_CONTENT: None}
    )
    def delete(self, request: Request, door: OwnDoor, licence_id: str) -> Response:
        """Take away a licence that was entered by mistake; again changes nothing.

        What you earned stays on your transcript. One that is retired stays.
        """
        mine = Licence.objects.of(door.member)
        found = mine.filter(pk=id_in_address(PREFIX, licence_id)).first()
        if found is None:
            raise Missing("Not found.")
        if found.removed_at is None:
            self.check_copy(_etag(found))
        remove_licence(
            actor=door.actor,
            licence=found,
            seen=found.version,
            today=day_in(found.program),
            now=clock.now(),
        )
        return Response(status=HTTPStatus.NO_CONTENT)


def _answer(door: OwnDoor, licence: Licence) -> Response:
    shown = _shown(licence, _learning(door, licence.program))
    return Response(shown, headers={"ETag": _etag(licence)})


def _learning(door: OwnDoor, program: str) -> Learning:
    return Learning(door.member, program, day_in(program))


def _etag(licence: Licence) -> str:
    return f'"{licence.version}"'


def _details(asked: Mapping[str, Any]) -> LicenceDetails:
    names = ("number", "first_on", "last_on")
    said = {name: asked[name] for name in names}
    return LicenceDetails(**said, retired_on=asked.get("retired_on"))


def _licence(door: OwnDoor, licence_id: str) -> Licence:
    mine = Licence.objects.visible_to(door.member)
    found = mine.filter(pk=id_in_address(PREFIX, licence_id)).first()
    if found is None:
        raise Missing("Not found.")
    return found


def _shown(licence: Licence, learning: Learning) -> Mapping[str, Any]:
    found = learning.standing_of(licence)
    retired = licence.retired_on
    return {
        "id": public_ids.spell(PREFIX, licence.pk),
        "program": licence.program,
        "number": licence.number,
        "first_on": licence.first_on.isoformat(),
        "last_on": licence.last_on.isoformat(),
        "retired_on": retired.isoformat() if retired else None,
        "version": licence.version,
        "relicensure": relicensure_shown(licence, found, learning) if found else None,
    }
