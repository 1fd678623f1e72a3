"""How many of each product a practice can assign."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_SEATS, PracticeDoor
from accounts.rest import RestView
from core import public_ids
from core.paging import take
from core.rest import IdField, Paged, WordField, envelope, page_of
from credentials.policy import term_programs
from portal.queries.stocks import stocked

PREFIX = "pol"


class SeatsQuery(Paged):
    """The query parameters of the list."""

    program = WordField(
        term_programs(), required=False, help_text="The certifying body."
    )


class Seats(serializers.Serializer):
    """The practice's seats of one product."""

    id = IdField(PREFIX)
    program = serializers.CharField()
    product = serializers.CharField()
    product_name = serializers.CharField()
    granted = serializers.IntegerField(min_value=0)
    used = serializers.IntegerField(min_value=0)
    available = serializers.IntegerField(min_value=0)


class SeatPools(RestView):
    """The practice's seats."""

    permissions: ClassVar = {"GET": API_SEATS}
    query = SeatsQuery

    @extend_schema(
        operation_id="list_seats", summary="List seats", responses=page_of(Seats)
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List the products, and how many seats of each the practice has left."""
        page = SeatsQuery.page_of(self.asked)
        found = take(
            stocked(door.practice, self.asked.get("program", "")).order_by(
                "program", "order", "pk"
            ),
            page,
            "pk",
            "program",
            "code",
            "label",
            "granted",
            "used",
        )
        return envelope(
            request,
            page,
            found.count,
            (
                {
                    "id": public_ids.spell(PREFIX, row["pk"]),
                    "program": row["program"],
                    "product": row["code"],
                    "product_name": row["label"],
                    "granted": row["granted"] or 0,
                    "used": row["used"] or 0,
                    "available": (row["granted"] or 0) - (row["used"] or 0),
                }
                for row in found.rows
            ),
        )
