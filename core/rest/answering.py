"""What a client gets: pages of a list, and their description."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from core.paging import Page


def envelope(
    request: Request, page: Page, count: int, results: Iterable[Mapping[str, Any]]
) -> Response:
    """Answer one page of a list, with the addresses of its neighbours."""
    here = request.build_absolute_uri()
    more = page.first + page.size < count
    return Response(
        {
            "count": count,
            "next": _other(here, page.number + 1) if more else None,
            "previous": _other(here, page.number - 1) if page.number > 1 else None,
            "results": list(results),
        }
    )


def instant(moment: datetime) -> str:
    """Write an instant as RFC 3339 in UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@cache
def page_of(item: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """Describe a page of such items."""
    fields = {
        "__doc__": "One page of a list.",
        "count": serializers.IntegerField(help_text="How many on all pages."),
        "next": serializers.URLField(allow_null=True, help_text="The next page."),
        "previous": serializers.URLField(allow_null=True, help_text="The page before."),
        "results": item(many=True),
    }
    return type(f"{item.__name__}Page", (serializers.Serializer,), fields)


def _other(address: str, number: int) -> str:
    return replace_query_param(address, "page", number)
