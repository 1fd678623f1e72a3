"""A body's staff announce a live activity, cancel it, and say who was there (M4)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_CATALOGUE, StaffDoor
from accounts.rest import RestView
from core import clock
from core.failures import FieldProblem, NotUsable
from courses.queries.written import seen_live
from courses.services import (
    ListChecked,
    cancel_live,
    check_list,
    note_attendance,
    publish_live,
)
from courses.services.live_attending import NAME_SOMEBODY, check_begun
from portal.api.body_live import body_live_answer, body_live_of, live_etag
from portal.api.ce_asking import Nothing
from portal.api.days import day_in
from portal.api.live_asking import CalledOff, NotedResource, WhoWasThere
from portal.api.live_shapes import BodyLiveResource

# The columns of a list, each with the field that fills it.
COLUMNS = {"E-mail": "email", "First name": "first_name", "Last name": "last_name"}


class AnnouncingLive(RestView):
    """Announcing a live activity."""

    permissions: ClassVar = {"POST": STAFF_CATALOGUE}
    matched: ClassVar = frozenset({"POST"})
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    operations: ClassVar = {"POST": ("announce", "body_live_activity")}

    @extend_schema(
        summary="Announce a live activity", request=None, responses=BodyLiveResource
    )
    def post(self, request: Request, door: StaffDoor, live_id: str) -> Response:
        """Announce a draft: whoever signs in finds it and can register."""
        live = body_live_of(door, live_id)
        self.sent(request, Nothing)
        self.check_copy(live_etag(live))
        publish_live(
            actor=door.actor,
            live=live,
            seen=seen_live(live),
            today=day_in(door.program),
            now=clock.now(),
        )
        return body_live_answer(door, live.pk)


class CancellingLive(RestView):
    """Cancelling a live activity."""

    permissions: ClassVar = {"POST": STAFF_CATALOGUE}
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    operations: ClassVar = {"POST": ("cancel", "body_live_activity")}

    @extend_schema(
        summary="Cancel a live activity", request=CalledOff, responses=BodyLiveResource
    )
    def post(self, request: Request, door: StaffDoor, live_id: str) -> Response:
        """Cancel what is announced, once. Whoever registered gets a letter."""
        live = body_live_of(door, live_id)
        asked = self.sent(request, CalledOff)
        cancel_live(
            actor=door.actor,
            live=live,
            why=asked["why"],
            today=day_in(door.program),
            now=clock.now(),
        )
        return body_live_answer(door, live.pk)


class NotingAttendance(RestView):
    """Saying who was there."""

    permissions: ClassVar = {"POST": STAFF_CATALOGUE}
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {"POST": ("note", "body_live_attendance")}

    @extend_schema(
        summary="Note attendance",
        request=WhoWasThere,
        responses={HTTPStatus.OK: NotedResource},
    )
    def post(self, request: Request, door: StaffDoor, live_id: str) -> Response:
        """Note who was there, each as they registered; again changes nothing.

        Each item that names nobody who registered is told, and then nobody is noted.
        With `dry_run` nobody is noted in any case.
        """
        live = body_live_of(door, live_id)
        asked = self.sent(request, WhoWasThere)
        today = day_in(door.program)
        check_begun(live, today)
        found = check_list(actor=door.actor, live=live, rows=_rows(asked["items"]))
        if problems := _problems(found, asked["items"]):
            raise NotUsable(problems[0].text, problems)
        dry = asked.get("dry_run", False)
        noted = len(found.found)
        if not dry:
            noted = note_attendance(
                actor=door.actor,
                live=live,
                registration_ids=[each.pk for each in found.found],
                today=today,
                now=clock.now(),
            )
        return Response({"noted": noted, "known": len(found.known), "dry_run": dry})


def _problems(
    found: ListChecked, items: Sequence[Mapping[str, Any]]
) -> Sequence[FieldProblem]:
    """Name each item that names nobody, in their order.

    A blank row of a file is passed over: it ends there. A blank item is a mistake.
    """
    said = [(each.row, COLUMNS[each.column], each.text) for each in found.problems]
    said += [
        (place, "email", NAME_SOMEBODY)
        for place, each in enumerate(items)
        if not any(each.get(name, "").split() for name in COLUMNS.values())
    ]
    return [
        FieldProblem(f"items.{place}.{field}", text)
        for place, field, text in sorted(said)
    ]


def _rows(
    items: Sequence[Mapping[str, Any]],
) -> Sequence[tuple[int, Sequence[str]]]:
    """Write items as a list that is read from a file, each under its place."""
    rows: list[tuple[int, Sequence[str]]] = [(0, list(COLUMNS))]
    for place, each in enumerate(items):
        rows.append((place, [each.get(name, "") for name in COLUMNS.values()]))
    return rows
