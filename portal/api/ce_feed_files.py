"""Files of completions over REST: checked, or taken in as well; what came of them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_FEED, STAFF_FEED_SEND, Feeding
from accounts.rest import RestView
from ce_credits.models import FeedDelivery, FeedRow
from ce_credits.services import check_feed_file, receive_file
from core import clock, public_ids
from core.downloads import CSV, download
from core.files import shown_name
from core.files.tables import MOST_BYTES, read_table
from core.rest import (
    IdField,
    LineField,
    Paged,
    Strict,
    WordField,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from core.rest.uploads import FormParser, TakesFile, UploadField
from core.spreadsheets import csv_lines
from portal.api.ce_asking import Nothing
from portal.api.ce_feed_shapes import FedResource, fed_shown
from portal.api.days import day_in
from portal.queries.fed import (
    bad_rows,
    deliveries,
    one_delivery,
    rows_of_delivery,
    states_of,
)

PREFIX = "fdl"
YES_NO = ("true", "false")


class NewFeedFile(Strict):
    """Completions, CSV or XLSX of at most 10 MB and 10,000 rows; who sends them."""

    file = UploadField(
        help_text="One part with a file name. The first row names the columns."
    )
    sender = LineField(
        max_length=100, help_text="The learning system or sponsor that sends them."
    )
    dry_run = WordField(
        YES_NO, required=False, help_text="`true`: check it, and take nothing."
    )


class RowProblem(serializers.Serializer):
    """Why a row of a checked file would wait for staff."""

    row = serializers.IntegerField(min_value=1, help_text="As spreadsheets count.")
    column = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class ListedDelivery(serializers.Serializer):
    """A file or request in brief, with how its rows stand now."""

    id = IdField(PREFIX)
    sender = serializers.CharField()
    name = serializers.CharField(help_text="Of a file; empty for a request.")
    rows = serializers.IntegerField(min_value=0)
    repeated = serializers.IntegerField(min_value=0, help_text="That came before.")
    waiting = serializers.IntegerField(min_value=0)
    taken = serializers.IntegerField(min_value=0)
    unmatched = serializers.IntegerField(min_value=0)
    settled = serializers.IntegerField(min_value=0)
    set_aside = serializers.IntegerField(min_value=0)
    sent_by = serializers.CharField()
    sent_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField(
        allow_null=True, help_text="null: it was checked, and nothing was taken."
    )


class DeliveryResource(ListedDelivery):
    """A file or request; of a checked file, what would wait for staff."""

    problems = RowProblem(many=True)


class FeedFiles(TakesFile, RestView):
    """What a body was sent; sending a file."""

    permissions: ClassVar = {"GET": STAFF_FEED, "POST": STAFF_FEED_SEND}
    query: ClassVar = Paged
    most_bytes: ClassVar = MOST_BYTES
    refusals: ClassVar = {"POST": ("stale-version", "file-rejected")}
    once: ClassVar = frozenset({"POST"})
    operations: ClassVar = {
        "GET": ("list", "feed_deliveries"),
        "POST": ("send", "feed_file"),
    }

    @extend_schema(summary="List deliveries", responses=page_of(ListedDelivery))
    def get(self, request: Request, door: Feeding) -> Response:
        """List the files and requests that were sent, the newest first."""
        page = Paged.page_of(self.asked)
        found = deliveries(door.program)
        rows = found[page.rows]
        states = states_of(rows)
        shown = (_listed(each, states[each.pk]) for each in rows)
        return envelope(request, page, found.count(), shown)

    @extend_schema(
        summary="Send a file of completions",
        request={FormParser.media_type: NewFeedFile},
        responses={
            HTTPStatus.CREATED: DeliveryResource,
            HTTPStatus.ACCEPTED: DeliveryResource,
        },
    )
    def post(self, request: Request, door: Feeding) -> Response:
        """Check a file (201), or take it in as well (202): a worker gives the credit.

        The same rows again, in whatever file, are taken once.
        """
        asked = self.sent(request, NewFeedFile)
        now = clock.now()
        delivery = check_feed_file(
            actor=door.actor,
            program=door.program,
            source=asked["sender"],
            name=shown_name(asked["file"].name),
            rows=read_table(asked["file"]),
            today=day_in(door.program),
            now=now,
        )
        if asked.get("dry_run") == "true":
            return Response(_shown(delivery), HTTPStatus.CREATED)
        receive_file(actor=door.actor, delivery=delivery, now=now)
        delivery.refresh_from_db()
        return Response(_shown(delivery), HTTPStatus.ACCEPTED)


class OneFeedFile(RestView):
    """One file or request."""

    permissions: ClassVar = {"GET": STAFF_FEED, "POST": STAFF_FEED_SEND}
    refusals: ClassVar = {"POST": ("stale-version",)}
    operations: ClassVar = {
        "GET": ("read", "feed_delivery"),
        "POST": ("take_in", "feed_file"),
    }

    @extend_schema(summary="Read a delivery", responses=DeliveryResource)
    def get(self, request: Request, door: Feeding, delivery_id: str) -> Response:
        """Read a file or request, and how its rows stand."""
        return Response(_shown(_delivery(door, delivery_id)))

    @extend_schema(
        summary="Take a checked file in",
        request=None,
        responses={HTTPStatus.ACCEPTED: DeliveryResource},
    )
    def post(self, request: Request, door: Feeding, delivery_id: str) -> Response:
        """Take in a file that was checked; a worker gives each row its credit, once."""
        self.sent(request, Nothing)
        delivery = _delivery(door, delivery_id)
        receive_file(actor=door.actor, delivery=delivery, now=clock.now())
        delivery.refresh_from_db()
        return Response(_shown(delivery), HTTPStatus.ACCEPTED)


class DeliveredRows(RestView):
    """The rows that a file or request brought anew."""

    permissions: ClassVar = {"GET": STAFF_FEED}
    query: ClassVar = Paged
    operations: ClassVar = {"GET": ("list", "delivered_completions")}

    @extend_schema(summary="List a delivery's rows", responses=page_of(FedResource))
    def get(self, request: Request, door: Feeding, delivery_id: str) -> Response:
        """List the rows it brought anew, and what became of each."""
        page = Paged.page_of(self.asked)
        found = rows_of_delivery(_delivery(door, delivery_id))
        return envelope(request, page, found.count(), map(fed_shown, found[page.rows]))


class FeedFileBadRows(RestView):
    """The rows that wait for staff, to be mended and sent again."""

    permissions: ClassVar = {"GET": STAFF_FEED}
    operations: ClassVar = {"GET": ("read", "feed_bad_rows")}

    @extend_schema(
        summary="Read the rows to mend",
        responses={(HTTPStatus.OK, CSV.partition(";")[0]): OpenApiTypes.BINARY},
    )
    def get(
        self, request: Request, door: Feeding, delivery_id: str
    ) -> HttpResponseBase:
        """Read the rows that wait for staff as CSV, each with why."""
        lines = csv_lines(bad_rows(_delivery(door, delivery_id)))
        return download(lines, CSV, "rows-to-mend.csv")


def _delivery(door: Feeding, delivery_id: str) -> FeedDelivery:
    return one_delivery(door.program, id_in_address(PREFIX, delivery_id))


def _shown(delivery: FeedDelivery) -> Mapping[str, Any]:
    problems = [
        {
            "row": each["row"],
            "column": each["column"],
            "code": each["code"],
            "message": each["text"],
        }
        for each in delivery.problems
    ]
    states = states_of([delivery])[delivery.pk]
    return {**_listed(delivery, states), "problems": problems}


def _listed(delivery: FeedDelivery, states: Mapping[str, int]) -> Mapping[str, Any]:
    return {
        "id": public_ids.spell(PREFIX, delivery.pk),
        "sender": delivery.source,
        "name": delivery.name,
        "rows": delivery.count,
        "repeated": delivery.repeated,
        **{state.value: states.get(state.value, 0) for state in FeedRow.State},
        "sent_by": delivery.by,
        "sent_at": instant(delivery.at),
        "received_at": (
            instant(delivery.received_at) if delivery.received_at else None
        ),
    }
