"""The activities a body knows by code: they belong to nobody, each door shows them."""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import (
    API_CE,
    OWN,
    STAFF_CATALOGUE,
    STAFF_DECIDE,
    Door,
    StaffDoor,
)
from accounts.rest import RestView
from ce_credits.models import CatalogueItem
from ce_credits.queries import seen_of
from ce_credits.services import set_evaluation_deadline, set_topics
from core import clock, public_ids
from core.paging import take
from core.rest import (
    CodeField,
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
from credentials.policy import programs
from portal.api.ce_asking import LONGEST_CODE, LONGEST_SEARCH
from portal.api.days import day_in
from portal.queries.catalogue_items import item_of
from portal.queries.items import catalogue

COLUMNS = ("program", "code", "title", "kind", "minutes", "provider", "topics")
MORE = ("pk", "evaluation_deadline", "offered_now")
PREFIX = "cat"
MOST_TOPICS = 50
ORDERINGS = {
    "title": ("title", "program", "code"),
    "-title": ("-title", "program", "code"),
    "code": ("code", "program"),
    "-code": ("-code", "program"),
}


class BodyCatalogueQuery(Paged):
    """The query parameters of a body's catalogue."""

    kind = CodeField(required=False, max_length=LONGEST_CODE)
    q = TextField(
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="Words that all stand in the code, the title or the provider.",
    )
    topic = CodeField(
        required=False,
        max_length=LONGEST_CODE,
        help_text="What it is about, by the program's code, such as `ehr`.",
    )
    requirement = CodeField(
        required=False,
        max_length=LONGEST_CODE,
        help_text="What it counts towards of what a licence's registration asks, by "
        "its code, such as `risk_management`.",
    )
    ordering = WordField(tuple(ORDERINGS), default="title")


class CatalogueQuery(BodyCatalogueQuery):
    """The query parameters of the bodies' catalogues together."""

    program = WordField(programs(), required=False, help_text="The certifying body.")


class ItemResource(serializers.Serializer):
    """An activity of a body's catalogue."""

    id = IdField(PREFIX)
    program = serializers.CharField()
    code = serializers.CharField(help_text="What an activity names as its `item`.")
    title = serializers.CharField()
    kind = serializers.CharField()
    minutes = serializers.IntegerField(allow_null=True)
    provider = serializers.CharField()
    topics = serializers.ListField(
        child=serializers.CharField(),
        help_text="What it is about, by the program's codes, such as `ehr`.",
    )
    evaluation_deadline = serializers.DateField(
        allow_null=True,
        help_text="Of a conference, the day its evaluation closes: its credit is due "
        "to appear so many business days after it.",
    )
    offered = serializers.BooleanField(
        help_text="Whether it can be picked; only the body's staff see the others."
    )


class Catalogue(RestView):
    """What can be picked."""

    query: ClassVar[type[BodyCatalogueQuery]] = CatalogueQuery
    operations: ClassVar = {"GET": ("list", "catalogue")}

    @extend_schema(summary="List the catalogue", responses=page_of(ItemResource))
    def get(self, request: Request, door: Door) -> Response:
        """List activities that the body knows by code, to report one by its `item`."""
        page = self.query.page_of(self.asked)
        days = {each: day_in(each) for each in programs()}
        items = catalogue(door, self.asked, days)
        items = items.order_by(*ORDERINGS[self.asked["ordering"]])
        found = take(items, page, *COLUMNS, *MORE)
        return envelope(request, page, found.count, map(_shown, found.rows))


class PracticeCatalogue(Catalogue):
    """What a practice can pick for its people."""

    permissions: ClassVar = {"GET": API_CE}


class MyCatalogue(Catalogue):
    """What I can pick."""

    permissions: ClassVar = {"GET": OWN}


class BodyCatalogue(Catalogue):
    """All that a body has in its catalogue."""

    permissions: ClassVar = {"GET": STAFF_DECIDE}
    query = BodyCatalogueQuery


class NewDeadline(Strict):
    """The day a conference's evaluation closes."""

    evaluation_deadline = DayField(
        allow_null=True, help_text="null: it is no conference."
    )
    seen = DayField(
        required=False,
        allow_null=True,
        help_text="The day, or null, that you saw there; without it, none is asked.",
    )


class EvaluationDeadline(RestView):
    """The day a conference's evaluation closes."""

    permissions: ClassVar = {"POST": STAFF_CATALOGUE}
    refusals: ClassVar = {"POST": ("stale-version",)}
    operations: ClassVar = {"POST": ("set", "evaluation_deadline")}

    @extend_schema(
        summary="Set a conference's evaluation deadline",
        request=NewDeadline,
        responses=ItemResource,
    )
    def post(self, request: Request, door: StaffDoor, item_id: str) -> Response:
        """Set or take away the day that its credit's business days count from.

        With `seen`, what somebody changed meanwhile is not written over.
        """
        item = item_of(door.program, id_in_address(PREFIX, item_id))
        asked = self.sent(request, NewDeadline)
        set_evaluation_deadline(
            actor=door.actor,
            item=item,
            deadline=asked["evaluation_deadline"],
            seen=_seen(asked),
            today=day_in(door.program),
            now=clock.now(),
        )
        return _changed(item)


class NewTopics(Strict):
    """What an item is about."""

    topics = ListOf(
        child=CodeField(max_length=LONGEST_CODE),
        max_length=MOST_TOPICS,
        help_text="All of them, by the program's codes, such as `ehr`; none: `[]`.",
    )
    seen = ListOf(
        required=False,
        child=CodeField(max_length=LONGEST_CODE),
        max_length=MOST_TOPICS,
        help_text="Those that you saw there; without it, none are asked.",
    )


class ItemTopics(RestView):
    """What an item of the catalogue is about."""

    permissions: ClassVar = {"POST": STAFF_CATALOGUE}
    refusals: ClassVar = {"POST": ("stale-version",)}
    operations: ClassVar = {"POST": ("set", "topics")}

    @extend_schema(
        summary="Say what an item of the catalogue is about",
        request=NewTopics,
        responses=ItemResource,
    )
    def post(self, request: Request, door: StaffDoor, item_id: str) -> Response:
        """Say towards which topics what is reported with it counts from now on.

        With `seen`, what somebody changed meanwhile is not written over.
        """
        item = item_of(door.program, id_in_address(PREFIX, item_id))
        asked = self.sent(request, NewTopics)
        set_topics(
            actor=door.actor,
            item=item,
            topics=asked["topics"],
            seen=_seen(asked),
            today=day_in(door.program),
            now=clock.now(),
        )
        return _changed(item)


def _seen(asked: Mapping[str, Any]) -> str | None:
    return seen_of(asked["seen"]) if "seen" in asked else None


def _changed(item: CatalogueItem) -> Response:
    return Response(_shown({name: getattr(item, name) for name in COLUMNS + MORE}))


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    closes = row["evaluation_deadline"]
    return {
        "id": public_ids.spell(PREFIX, row["pk"]),
        **{name: row[name] for name in COLUMNS},
        "evaluation_deadline": closes.isoformat() if closes else None,
        "offered": row["offered_now"],
    }
