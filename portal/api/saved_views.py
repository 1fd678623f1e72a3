"""The filters that a body's staff keep under a name, over REST."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import QueryDict
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_APPLICATIONS, STAFF_DECIDE, StaffDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import FieldProblem, NotUsable
from core.paging import cut
from core.rest import (
    IdField,
    LineField,
    Paged,
    Strict,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from portal.asked import (
    APPLICATION_FILTERS,
    QUEUE_FILTERS,
    applications_asked,
    asked_in,
)
from portal.models import SavedView
from portal.programs import check_cycles
from portal.queries.application_list import Asked as Applications
from portal.queries.filters import Asked
from portal.queries.viewing import views_kept
from portal.services import View, remove_view, save_view
from portal.services.viewing import LONGEST, LONGEST_QUERY

PREFIX = "viw"
Place = SavedView.Place
Reading = Callable[[QueryDict], Asked | Applications]


class SavedViewResource(serializers.Serializer):
    """Filters under a name, for everybody who works on the list."""

    id = IdField(PREFIX)
    name = serializers.CharField()
    filters = serializers.CharField(
        help_text="The end of the list's address: kind=webinar&age=14."
    )
    saved_by = serializers.CharField()
    saved_at = serializers.DateTimeField()


class NewSavedView(Strict):
    """Filters to keep."""

    name = LineField(max_length=LONGEST)
    filters = LineField(
        max_length=LONGEST_QUERY,
        help_text="As the list's address has them: kind=webinar&age=14.",
    )


EXAMPLE = OpenApiExample(
    "Old webinars", {"name": "Old webinars", "filters": "q=lopez"}, request_only=True
)


class SavedViews(RestView):
    """The views of one list; `place` says of which."""

    place: ClassVar[SavedView.Place]
    names: ClassVar[tuple[str, ...]]
    query: ClassVar = Paged

    @extend_schema(summary="List saved views", responses=page_of(SavedViewResource))
    def get(self, request: Request, door: StaffDoor) -> Response:
        """List the views that staff keep of the list, by name."""
        check_list(door, self.place)
        page = Paged.page_of(self.asked)
        rows = cut(views_kept(door.program, self.place), page)
        return envelope(request, page, rows.count, map(_shown, rows.rows))

    @extend_schema(
        summary="Save a view",
        request=NewSavedView,
        examples=[EXAMPLE],
        responses={HTTPStatus.CREATED: SavedViewResource},
    )
    def post(self, request: Request, door: StaffDoor) -> Response:
        """Keep filters under a name, for everybody; the same again is nothing.

        A name or filters that are kept already, and filters the list doesn't know, are
        refused.
        """
        check_list(door, self.place)
        asked = self.sent(request, NewSavedView)
        query = _query(self.place, _filters(asked["filters"], self.names))
        row = save_view(
            actor=door.actor,
            program=door.program,
            view=View(self.place, asked["name"], query),
            now=clock.now(),
        )
        return Response(_shown(row), HTTPStatus.CREATED)


class OneSavedView(RestView):
    """One view of a list."""

    place: ClassVar[SavedView.Place]

    @extend_schema(
        summary="Remove a saved view", responses={HTTPStatus.NO_CONTENT: None}
    )
    def delete(self, request: Request, door: StaffDoor, view_id: str) -> Response:
        """Remove a view; the list, and what it showed, stay as they are."""
        check_list(door, self.place)
        remove_view(
            actor=door.actor,
            program=door.program,
            place=self.place,
            view_id=id_in_address(PREFIX, view_id),
            now=clock.now(),
        )
        return Response(status=HTTPStatus.NO_CONTENT)


class QueueViews(SavedViews):
    """Views of the reviewers' queue."""

    place = Place.QUEUE
    names = QUEUE_FILTERS
    permissions: ClassVar = {"GET": STAFF_DECIDE, "POST": STAFF_DECIDE}
    operations: ClassVar = {
        "GET": ("list", "queue_views"),
        "POST": ("save", "queue_view"),
    }


class QueueView(OneSavedView):
    """A view of the reviewers' queue."""

    place = Place.QUEUE
    permissions: ClassVar = {"DELETE": STAFF_DECIDE}
    operations: ClassVar = {"DELETE": ("remove", "queue_view")}


class ApplicationViews(SavedViews):
    """Views of the list of applications."""

    place = Place.APPLICATIONS
    names = APPLICATION_FILTERS
    permissions: ClassVar = {"GET": STAFF_APPLICATIONS, "POST": STAFF_APPLICATIONS}
    operations: ClassVar = {
        "GET": ("list", "application_views"),
        "POST": ("save", "application_view"),
    }


class ApplicationView(OneSavedView):
    """A view of the list of applications."""

    place = Place.APPLICATIONS
    permissions: ClassVar = {"DELETE": STAFF_APPLICATIONS}
    operations: ClassVar = {"DELETE": ("remove", "application_view")}


READ: Mapping[str, Reading] = {
    Place.QUEUE: asked_in,
    Place.APPLICATIONS: applications_asked,
}


def check_list(door: StaffDoor, place: SavedView.Place) -> None:
    """Hold that the body has the list.

    Raises:
        Missing: it is one of applications, and the body renews by terms.
    """
    if place is Place.APPLICATIONS:
        check_cycles(door.program)


def _filters(text: str, names: tuple[str, ...]) -> QueryDict:
    """Read filters as an address has them.

    Raises:
        NotUsable: one of them is no filter of the list.
    """
    found = QueryDict(text.removeprefix("?"))
    unknown = next((name for name in found if name not in names), None)
    if unknown is not None:
        said = f"The list has no filter “{unknown}”. Use one of: {', '.join(names)}."
        raise NotUsable(said, [FieldProblem("filters", said)])
    return found


def _query(place: SavedView.Place, filters: QueryDict) -> str:
    """Spell filters as the list itself does.

    Raises:
        NotUsable: the list would leave a value aside, and so show more than was meant.
    """
    read = READ[place](filters)
    for name in filters:
        kept, value = str(getattr(read, name) or ""), str(filters[name]).strip()
        if value not in ("", kept):
            said = f"The list can't be narrowed to {name}={value[:40]}."
            raise NotUsable(said, [FieldProblem("filters", said)])
    return read.query


def _shown(row: SavedView) -> dict[str, Any]:
    return {
        "id": public_ids.spell(PREFIX, row.pk),
        "name": row.name,
        "filters": row.query.removeprefix("?"),
        "saved_by": row.saved_by,
        "saved_at": instant(row.saved_at),
    }
