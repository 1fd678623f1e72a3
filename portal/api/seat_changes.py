"""Fewer renewals: what a practice lowered, and lowering it. More of them are orders."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_ORDER, API_ORDERS, PracticeDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import FieldProblem, Missing, NotUsable
from core.rest import (
    CountField,
    IdField,
    ListOf,
    Paged,
    Strict,
    TextField,
    WordField,
    envelope,
    instant,
    page_of,
)
from credentials.models import SeatChange
from credentials.policy import term_programs
from credentials.services import Decrease, lower_seats
from portal.api.days import day_in
from portal.queries.assigning import strangers

MOST_NAMED = 1_000
MOST = 1_000_000
EXAMPLE = "mem_3f1c9a7be2d84c5fa0617b2d9e48c350"
UNKNOWN = "No member of this practice has this id."
DOUBLE = "This member stands in the list twice."
ORDER_MORE = "POST them to `orders`."


class SeatChangesQuery(Paged):
    """The query parameters of the list."""

    program = WordField(
        term_programs(), required=False, help_text="The certifying body."
    )


class NewSeatChange(Strict):
    """A smaller number of renewals, and whom it leaves out."""

    program = WordField(term_programs(), help_text="The certifying body.")
    to = CountField(
        min_value=0,
        max_value=MOST,
        help_text="How many are left. A greater number is an order: see `orders`.",
    )
    leave_out = ListOf(
        child=IdField("mem", nobody=True),
        required=False,
        max_length=MOST_NAMED,
        help_text="Exactly as many members as are in use above `to`.",
    )
    reason = TextField(required=False, max_length=400)


class LeftOutResource(serializers.Serializer):
    """Somebody who is not renewed any more."""

    member = IdField("mem")
    left_out_from = serializers.DateField()
    ended_at = serializers.DateTimeField(
        allow_null=True, help_text="When they were taken back in."
    )


class SeatChangeResource(serializers.Serializer):
    """A decrease: it is never changed."""

    id = IdField("sch")
    program = serializers.CharField()
    before = serializers.IntegerField(min_value=0)
    after = serializers.IntegerField(min_value=0)
    effective_on = serializers.DateField(help_text="The renewal date it counts from.")
    left_out = LeftOutResource(many=True)
    reason = serializers.CharField(help_text="Empty where none was given.")
    changed_by = serializers.CharField()
    changed_at = serializers.DateTimeField()


class SeatChanges(RestView):
    """What the practice lowered; lowering it."""

    permissions: ClassVar = {"GET": API_ORDERS, "POST": API_ORDER}
    query = SeatChangesQuery
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    once: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="list_seat_changes",
        summary="List decreases",
        responses=page_of(SeatChangeResource),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List by how many the practice renews fewer, the newest first."""
        found = SeatChange.objects.of(door.practice)
        if "program" in self.asked:
            found = found.filter(program=self.asked["program"])
        page = SeatChangesQuery.page_of(self.asked)
        rows = found.prefetch_related("left_out")[page.first : page.first + page.size]
        return envelope(request, page, found.count(), map(_shown, rows))

    @extend_schema(
        operation_id="lower_seats",
        summary="Renew fewer",
        request=NewSeatChange,
        examples=[
            OpenApiExample(
                "One fewer",
                {"program": term_programs()[0], "to": 8, "leave_out": [EXAMPLE]},
                request_only=True,
            ),
        ],
        responses={HTTPStatus.CREATED: SeatChangeResource},
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Renew fewer from the next renewal on; terms run to their last day."""
        asked = self.sent(request, NewSeatChange)
        program = asked["program"]
        _check_named(door, program, asked.get("leave_out", ()))
        try:
            change = lower_seats(
                actor=door.actor,
                practice=door.practice,
                wanted=Decrease(
                    program=program,
                    to=asked["to"],
                    leave_out=frozenset(asked.get("leave_out", ())),
                    form_key=self.form_key,
                    reason=asked.get("reason", ""),
                ),
                today=day_in(program),
                now=clock.now(),
            )
        except NotUsable as refusal:
            raise _with_orders(refusal) from None
        return Response(_shown(change), HTTPStatus.CREATED)


def _check_named(door: PracticeDoor, program: str, named: Any) -> None:  # noqa: ANN401
    """Read who is left out.

    Raises:
        Missing: an id is nobody's here; each is told with its place.
        NotUsable: somebody is named twice.
    """
    places = [(f"leave_out.{place}", each) for place, each in enumerate(named)]
    unknown = strangers(door.practice, program, named)
    if unknown:
        missing = [
            FieldProblem(place, UNKNOWN, "unknown")
            for place, each in places
            if each in unknown
        ]
        raise Missing(UNKNOWN, missing)
    double = [
        FieldProblem(place, DOUBLE, "double")
        for at, (place, each) in enumerate(places)
        if each in named[:at]
    ]
    if double:
        raise NotUsable(DOUBLE, double)


def _with_orders(refusal: NotUsable) -> NotUsable:
    """Name the address that more renewals are ordered at."""
    problems = [
        FieldProblem(each.field, f"{each.text} {ORDER_MORE}", each.code)
        if each.code == "greater"
        else each
        for each in refusal.problems
    ]
    return NotUsable(problems[0].text, problems)


def _shown(change: SeatChange) -> Mapping[str, Any]:
    return {
        "id": public_ids.spell("sch", change.pk),
        "program": change.program,
        "before": change.before,
        "after": change.after,
        "effective_on": change.effective_on.isoformat(),
        "left_out": [
            {
                "member": public_ids.spell("mem", each.member_id),
                "left_out_from": each.from_on.isoformat(),
                "ended_at": instant(each.ended_at) if each.ended_at else None,
            }
            for each in sorted(
                change.left_out.all(), key=lambda each: (each.from_on, each.pk)
            )
        ],
        "reason": change.reason,
        "changed_by": change.by,
        "changed_at": instant(change.at),
    }
