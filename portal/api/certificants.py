"""Registering certificants over REST, for a body's managers (A14)."""

from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_CERTIFY, StaffDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.rest import DayField, IdField, LineField, Strict
from credentials.models import Certification
from credentials.services import Earned, register_certificant
from portal.api.days import day_in
from portal.programs import check_cycles


class NewCertificant(Strict):
    """Who it is, and what they earned."""

    first_name = LineField(max_length=100)
    last_name = LineField(max_length=100)
    email = LineField(max_length=254, help_text="They sign in with it.")
    code = LineField(max_length=20, help_text="Of the credential, such as CPCS.")
    number = LineField(
        max_length=40, required=False, help_text="Without one, a new one is given."
    )
    earned_on = DayField(help_text="The day they passed, today or earlier.")
    proof = LineField(max_length=400, help_text="Which proof staff saw.")


class CertificantResource(serializers.Serializer):
    """A certificant with the credential they were registered with."""

    member = IdField("mem")
    program = serializers.CharField()
    code = serializers.CharField()
    number = serializers.CharField()
    earned_on = serializers.DateField()


class Certificants(RestView):
    """Who is put on a body's register."""

    permissions: ClassVar = {"POST": STAFF_CERTIFY}
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {"POST": ("register", "certificant")}

    @extend_schema(
        summary="Register a certificant",
        request=NewCertificant,
        responses={HTTPStatus.CREATED: CertificantResource},
    )
    def post(self, request: Request, door: StaffDoor) -> Response:
        """Begin somebody's first cycle and write to them; the same number is once.

        The answer is the same whether or not the address is known elsewhere.
        """
        check_cycles(door.program)
        asked = self.sent(request, NewCertificant)
        made = register_certificant(
            actor=door.actor,
            first_name=asked["first_name"],
            last_name=asked["last_name"],
            email=asked["email"],
            earned=Earned(
                program=door.program,
                code=asked["code"],
                earned_on=asked["earned_on"],
                proof=asked["proof"],
                number=asked.get("number", ""),
            ),
            today=day_in(door.program),
            now=clock.now(),
        )
        return Response(_shown(made), HTTPStatus.CREATED)


def _shown(made: Certification) -> dict[str, Any]:
    return {
        "member": public_ids.spell("mem", made.member_id),
        "program": made.program,
        "code": made.code,
        "number": made.number,
        "earned_on": made.earned_on.isoformat(),
    }
