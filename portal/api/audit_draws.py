"""A body's managers draw for audit over REST: a preview, the draw, all draws."""

from collections.abc import Mapping
from http import HTTPStatus
from secrets import token_hex
from typing import Any, ClassVar
from uuid import uuid4

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_AUDITS, StaffDoor
from accounts.rest import RestView
from ce_credits.models import AuditDraw
from ce_credits.rules import Size
from ce_credits.services import DRAWABLE, Draw, Sample, audit_of, due_day
from core import clock
from core.failures import FieldProblem, Missing, NotUsable
from core.paging import take
from core.rest import (
    CodeField,
    CountField,
    DayField,
    IdField,
    ListOf,
    Paged,
    Strict,
    TextField,
    WordField,
    envelope,
    id_in_address,
    page_of,
)
from portal.api.audit_shapes import (
    DRAW,
    AuditDrawResource,
    ListedDrawResource,
    draw_listed,
    draw_shown,
)
from portal.api.ce_asking import LONGEST_CODE
from portal.api.days import day_in
from portal.queries.audit_draws import draw_of, draws_of
from portal.services import draw_of_kind, preview_of

LONGEST_REASON = 400
MOST_KINDS = 50
EXAMPLE = {
    "of": "submissions",
    "from_on": "2025-01-01",
    "until_on": "2025-09-30",
    "percent": 5,
}


class DrawsQuery(Paged):
    """The query parameters of the list."""


class NewSample(Strict):
    """What to draw from, and how many."""

    of = WordField(AuditDraw.Of.values)
    from_on = DayField(help_text="The first day of submitting.")
    until_on = DayField(help_text="The last one.")
    number = CountField(required=False, allow_null=True, help_text="Or `percent`.")
    percent = CountField(
        required=False, allow_null=True, help_text="1 to 100, rounded up."
    )
    states = ListOf(
        child=WordField([each.value for each in DRAWABLE]),
        required=False,
        max_length=len(DRAWABLE),
        help_text="Of submissions; else both. Applications are those under review.",
    )
    kinds = ListOf(
        child=CodeField(max_length=LONGEST_CODE),
        required=False,
        max_length=MOST_KINDS,
        help_text="Of activity or of application; else every kind.",
    )
    exclude_years = CountField(
        required=False,
        help_text="Who was audited within so many is left out; else the policy's.",
    )
    due_on = DayField(
        required=False, help_text="The last day to answer; else the policy's."
    )


class NewDraw(NewSample):
    """A sample to draw; one that follows an earlier draw says which and why."""

    instead_of = IdField(DRAW, required=False)
    reason = TextField(required=False, allow_blank=True, max_length=LONGEST_REASON)


class AuditPreviewResource(serializers.Serializer):
    """What a draw would be; never who."""

    population = serializers.IntegerField(help_text="How many can be drawn.")
    left_out = serializers.IntegerField()
    size = serializers.IntegerField(help_text="How many would be drawn.")
    due_on = serializers.DateField()


class PreviewingDraw(RestView):
    """What a draw would be."""

    permissions: ClassVar = {"POST": STAFF_AUDITS}
    keyed: ClassVar = False
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {"POST": ("preview", "audit_draw")}

    @extend_schema(
        summary="Preview a draw",
        request=NewSample,
        examples=[OpenApiExample("Five percent", EXAMPLE, request_only=True)],
        responses=AuditPreviewResource,
    )
    def post(self, request: Request, door: StaffDoor) -> Response:
        """Say how many there are and how many would be drawn. Nothing is kept."""
        asked = self.sent(request, NewSample)
        sample = _sample(door, asked)
        found = preview_of(
            of=asked["of"],
            program=door.program,
            sample=sample,
            today=day_in(door.program),
        )
        return Response(
            {
                "population": found.population,
                "left_out": found.left_out,
                "size": found.size,
                "due_on": sample.due_on.isoformat(),
            }
        )


class Draws(RestView):
    """A body's draws; another one."""

    permissions: ClassVar = {"GET": STAFF_AUDITS, "POST": STAFF_AUDITS}
    query: ClassVar = DrawsQuery
    # Sent again it would draw again: whoever was drawn first is left out then.
    once: ClassVar = frozenset({"POST"})
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    operations: ClassVar = {
        "GET": ("list", "audit_draws"),
        "POST": ("draw", "audit_sample"),
    }

    @extend_schema(summary="List draws", responses=page_of(ListedDrawResource))
    def get(self, request: Request, door: StaffDoor) -> Response:
        """List a body's draws, the newest first; one read by its id is drawn again."""
        page = DrawsQuery.page_of(self.asked)
        draws = draws_of(door.program).defer("population", "drawn")
        found = take(draws.order_by("-at", "pk"), page, "pk")
        ids = [row["pk"] for row in found.rows]
        whole = draws.in_bulk(ids)
        return envelope(
            request, page, found.count, [draw_listed(whole[pk]) for pk in ids]
        )

    @extend_schema(
        summary="Draw a sample",
        request=NewDraw,
        examples=[OpenApiExample("Five percent", EXAMPLE, request_only=True)],
        responses={HTTPStatus.CREATED: AuditDrawResource},
    )
    def post(self, request: Request, door: StaffDoor) -> Response:
        """Draw, open an audit for each member that is in it, and write to them.

        The seed is made just now: nobody chooses who is drawn. An application that is
        drawn is held until its audit is closed. A redraw is another draw.
        """
        asked = self.sent(request, NewDraw)
        drawn = draw_of_kind(
            of=asked["of"],
            actor=door.actor,
            program=door.program,
            sample=_sample(door, asked),
            draw=Draw(
                uuid4(), token_hex(8), _earlier(door, asked), asked.get("reason", "")
            ),
            today=day_in(door.program),
            now=clock.now(),
        )
        return Response(draw_shown(drawn), HTTPStatus.CREATED)


class OneDraw(RestView):
    """One draw of a body."""

    permissions: ClassVar = {"GET": STAFF_AUDITS}
    operations: ClassVar = {"GET": ("read", "audit_draw")}

    @extend_schema(summary="Read a draw", responses=AuditDrawResource)
    def get(self, request: Request, door: StaffDoor, draw_id: str) -> Response:
        """Read a draw with its seed; `reproduced` says that it comes out again."""
        return Response(draw_shown(draw_of(door.program, id_in_address(DRAW, draw_id))))


def _sample(door: StaffDoor, asked: Mapping[str, Any]) -> Sample:
    today = day_in(door.program)
    audit = audit_of(program=door.program, today=today).audit
    assert audit is not None
    return Sample(
        from_on=asked["from_on"],
        until_on=asked["until_on"],
        size=Size(asked.get("number"), asked.get("percent")),
        states=asked.get("states") or [each.value for each in DRAWABLE],
        kinds=asked.get("kinds", ()),
        exclude_years=asked.get("exclude_years", audit.exclude_years),
        due_on=asked.get("due_on") or due_day(program=door.program, today=today),
    )


def _earlier(door: StaffDoor, asked: Mapping[str, Any]) -> AuditDraw | None:
    """Find the draw that a redraw follows."""
    if "instead_of" not in asked:
        return None
    try:
        return draw_of(door.program, asked["instead_of"])
    except Missing as missing:
        text = "No draw of the body has this id."
        raise NotUsable(text, [FieldProblem("instead_of", text)]) from missing
