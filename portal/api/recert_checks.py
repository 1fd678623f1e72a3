"""The computed checklist of an application, as a body's staff read it over REST."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_SEE, StaffDoor
from accounts.rest import RestView
from core import public_ids
from core.rest import IdField, id_in_address
from credentials.policy import credit_words
from portal.api.days import day_in
from portal.api.recert_shapes import PREFIX
from portal.programs import check_cycles
from portal.queries.application_checks import FOUND, Checklist, checklist
from portal.queries.recert_behind import one_applied


class CheckResource(serializers.Serializer):
    """One line: what is checked, what was found, and under which rule."""

    code = serializers.CharField()
    title = serializers.CharField()
    found = serializers.ChoiceField(choices=tuple(FOUND))
    figure = serializers.CharField()
    reason = serializers.CharField()
    rule = serializers.CharField()


class CheckedActivity(serializers.Serializer):
    """One activity that counts, or was refused since the application was submitted."""

    id = IdField("ce")
    title = serializers.CharField()
    date = serializers.DateField()
    credits = serializers.DecimalField(8, 2, help_text="What of it counts.")
    status = serializers.CharField()
    proof = serializers.BooleanField(help_text="Whether its proof is on record.")
    refused_since = serializers.BooleanField()


class ChecklistResource(serializers.Serializer):
    """What an application is checked for, as of a day."""

    as_of = serializers.DateField()
    checks = CheckResource(many=True)
    activities = CheckedActivity(many=True)


class ApplicationChecklist(RestView):
    """The checklist of one application."""

    permissions: ClassVar = {"GET": STAFF_SEE}
    operations: ClassVar = {"GET": ("read", "recert_checklist")}

    @extend_schema(summary="Read the checklist", responses=ChecklistResource)
    def get(self, request: Request, door: StaffDoor, application_id: str) -> Response:
        """Compute each line as of today; of what is decided, as of that day.

        It decides nothing: a line that is not in order hinders no approval.
        """
        check_cycles(door.program)
        row = one_applied(door, id_in_address(PREFIX, application_id))
        return Response(_shown(checklist(row, today=day_in(door.program))))


def _shown(found: Checklist) -> dict[str, Any]:
    return {
        "as_of": found.as_of.isoformat(),
        "checks": [
            {
                "code": each.code,
                "title": each.label,
                "found": each.found,
                "figure": each.figure,
                "reason": each.reason,
                "rule": each.rule,
            }
            for each in found.checks
        ],
        "activities": [
            {
                "id": public_ids.spell("ce", each.id),
                "title": each.title,
                "date": each.on.isoformat(),
                "credits": credit_words(each.credits),
                "status": each.state,
                "proof": each.proven,
                "refused_since": each.refused_since,
            }
            for each in found.activities
        ],
    }
