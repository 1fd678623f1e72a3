"""More time by decree over REST: preview it, decree it, see how far it is."""

from http import HTTPStatus
from typing import Any, ClassVar
from uuid import uuid4

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_APPLICATIONS, StaffDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.paging import cut
from core.rest import (
    CodeField,
    CountField,
    DayField,
    IdField,
    LineField,
    ListOf,
    Paged,
    Strict,
    TextField,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from portal.api.days import day_in
from portal.programs import check_cycles
from portal.queries.decrees import counted, decree_of, decrees_of
from renewals.models import Decree
from renewals.models.decrees import LONGEST_REASON
from renewals.queries import MOST_DECREED, Chosen, DecreePlan
from renewals.services import NewDecree, decree_more_time, preview_decree
from renewals.services.decreeing import MOST_MONTHS

PREFIX = "dec"
EXAMPLE = {
    "reason": "The storm of November 2025",
    "cycle_last_on": "2025-12-01",
    "numbers": ["CPCS-123"],
    "until_on": "2026-03-02",
}


class LeftOutLine(serializers.Serializer):
    """Who of the list is given nothing, and why."""

    line = serializers.IntegerField(help_text="Of the numbers sent; 0 without them.")
    who = serializers.CharField()
    why = serializers.CharField()


class GivenLine(serializers.Serializer):
    """Somebody's deadline before and after."""

    member = IdField("mem")
    name = serializers.CharField()
    number = serializers.CharField()
    cycle_last_on = serializers.DateField()
    from_on = serializers.DateField()
    until_on = serializers.DateField()


class DecreePreview(serializers.Serializer):
    """What a decree would do today."""

    seen = serializers.CharField(help_text="Sent with the decree itself.")
    gives = GivenLine(many=True)
    left_out = LeftOutLine(many=True)


class DecreeResource(serializers.Serializer):
    """A decree, and how many of its people were given more time so far."""

    id = IdField(PREFIX)
    number = serializers.IntegerField()
    reason = serializers.CharField()
    until_on = serializers.DateField(allow_null=True)
    months = serializers.IntegerField(allow_null=True)
    decreed_on = serializers.DateField()
    decreed_by = serializers.CharField()
    decreed_at = serializers.DateTimeField()
    people = serializers.IntegerField()
    given = serializers.IntegerField()
    left_out_since = serializers.IntegerField()
    left_out = LeftOutLine(many=True)


class AskedDecree(Strict):
    """Whom a decree is for, how long, and why."""

    reason = TextField(max_length=LONGEST_REASON, help_text="All of them read it.")
    cycle_last_on = DayField(
        required=False, help_text="Everybody whose cycle ends then; or numbers."
    )
    credential = CodeField(required=False, max_length=20)
    numbers = ListOf(
        child=LineField(max_length=40),
        required=False,
        max_length=MOST_DECREED,
        help_text="Certification numbers; all else that is sent must hold as well.",
    )
    until_on = DayField(required=False, help_text="The new last day; or months.")
    months = CountField(
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text="So many months after each cycle's last day.",
    )


class SentDecree(AskedDecree):
    """A decree as it was previewed."""

    seen = CodeField(max_length=64, help_text="What the preview of it gave.")


class Previewing(RestView):
    """What a decree would do."""

    permissions: ClassVar = {"POST": STAFF_APPLICATIONS}
    operations: ClassVar = {"POST": ("preview", "decree")}

    @extend_schema(
        summary="Preview a decree",
        request=AskedDecree,
        examples=[OpenApiExample("By numbers", EXAMPLE, request_only=True)],
        responses=DecreePreview,
    )
    def post(self, request: Request, door: StaffDoor) -> Response:
        """Say who would be given how much, and who is left out; nothing is kept."""
        check_cycles(door.program)
        plan = preview_decree(
            actor=door.actor,
            program=door.program,
            asked=_asked(self.sent(request, AskedDecree)),
            today=day_in(door.program),
        )
        return Response(_previewed(plan))


class Decrees(RestView):
    """The decrees of a body."""

    permissions: ClassVar = {"GET": STAFF_APPLICATIONS, "POST": STAFF_APPLICATIONS}
    query: ClassVar = Paged
    # Sent again before a worker came it would be another decree.
    once: ClassVar = frozenset({"POST"})
    refusals: ClassVar = {"POST": ("stale-version",)}
    operations: ClassVar = {"GET": ("list", "decrees"), "POST": ("decree", "more_time")}

    @extend_schema(summary="List decrees", responses=page_of(DecreeResource))
    def get(self, request: Request, door: StaffDoor) -> Response:
        """List a body's decrees, the newest first."""
        check_cycles(door.program)
        page = Paged.page_of(self.asked)
        found = cut(decrees_of(door.program), page)
        shown = [_shown(each) for each in found.rows]
        return envelope(request, page, found.count, shown)

    @extend_schema(
        summary="Decree more time",
        request=SentDecree,
        responses={HTTPStatus.ACCEPTED: DecreeResource},
    )
    def post(self, request: Request, door: StaffDoor) -> Response:
        """Decree what was previewed (202): a worker gives it to each, once for good.

        Where it would do something else by now, nothing is decreed (409). No decree is
        taken back.
        """
        check_cycles(door.program)
        sent = self.sent(request, SentDecree)
        decree = decree_more_time(
            actor=door.actor,
            program=door.program,
            asked=_asked(sent),
            seen=sent["seen"],
            # The Idempotency-Key answers what is sent again.
            key=uuid4(),
            today=day_in(door.program),
            now=clock.now(),
        )
        return Response(_shown(decree), HTTPStatus.ACCEPTED)


class OneDecree(RestView):
    """One decree."""

    permissions: ClassVar = {"GET": STAFF_APPLICATIONS}
    operations: ClassVar = {"GET": ("read", "decree")}

    @extend_schema(summary="Read a decree", responses=DecreeResource)
    def get(self, request: Request, door: StaffDoor, decree_id: str) -> Response:
        """Read one decree, and how far it is."""
        check_cycles(door.program)
        found = decree_of(door.program, id_in_address(PREFIX, decree_id))
        return Response(_shown(found))


def _asked(sent: dict[str, Any]) -> NewDecree:
    chosen = Chosen(
        until_on=sent.get("until_on"),
        months=sent.get("months"),
        code=sent.get("credential", ""),
        cycle_last_on=sent.get("cycle_last_on"),
        numbers=tuple(" ".join(each.split()) for each in sent.get("numbers", ())),
    )
    return NewDecree(sent["reason"], chosen)


def _previewed(plan: DecreePlan) -> dict[str, Any]:
    return {
        "seen": plan.digest,
        "gives": [
            {
                "member": public_ids.spell("mem", each.member_id),
                "name": each.name,
                "number": each.number,
                "cycle_last_on": each.cycle_last_on.isoformat(),
                "from_on": each.from_on.isoformat(),
                "until_on": each.until_on.isoformat(),
            }
            for each in plan.gives
        ],
        "left_out": [
            {"line": each.line, "who": each.who, "why": each.why}
            for each in plan.left_out
        ],
    }


def _shown(row: Decree) -> dict[str, Any]:
    people, given, left = counted([row.pk])[row.pk]
    return {
        "id": public_ids.spell(PREFIX, row.pk),
        "number": row.number,
        "reason": row.reason,
        "until_on": row.until_on.isoformat() if row.until_on else None,
        "months": row.months,
        "decreed_on": row.decreed_on.isoformat(),
        "decreed_by": row.by,
        "decreed_at": instant(row.at),
        "people": people,
        "given": given,
        "left_out_since": left,
        "left_out": [
            {"line": line, "who": who, "why": why} for line, who, why in row.left_out
        ],
    }
