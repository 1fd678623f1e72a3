"""What a client may say: strict bodies, strict query parameters, pages."""

from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import unquote_to_bytes
from uuid import UUID

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from core.failures import FieldProblem
from core.paging import Page
from core.problems import Malformed
from core.public_ids import read
from core.rest.fields import NOBODY, WholeField, Worded

MOST_PER_PAGE = 100
PER_PAGE = 25
LAST_PAGE = 100_000


class Strict(Worded, serializers.Serializer):
    """Takes the fields it declares; any other is refused by name."""

    default_error_messages: ClassVar = {"invalid": "Send a JSON object here."}
    nothing: ClassVar[str] = "Nothing is taken here."
    # Fields of which exactly one is to be sent.
    one_of: ClassVar[tuple[str, ...]] = ()

    def to_internal_value(self, data: object) -> object:
        """Refuse undeclared fields beside whatever else is wrong."""
        found: dict[str, Any] = {}
        if isinstance(data, Mapping):
            names = ", ".join(self.fields)
            text = f"Use one of: {names}." if names else self.nothing
            found = {
                str(name): [ErrorDetail(text, "unknown")]
                for name in data
                if name not in self.fields
            }
        value: object = None
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if not isinstance(error.detail, dict):
                raise
            found |= error.detail
        if found:
            raise serializers.ValidationError(found)
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Take exactly one of the fields that stand for each other."""
        if self.one_of and len(attrs.keys() & set(self.one_of)) != 1:
            text = f"Send either {' or '.join(self.one_of)}."
            raise serializers.ValidationError({self.one_of[-1]: [text]}, "one_of")
        return attrs


class ListOf(Worded, serializers.ListField):
    """A list in a body."""

    default_error_messages: ClassVar = {
        "not_a_list": "Send a list here.",
        "min_length": "Send at least {min_length}.",
        "max_length": "Send at most {max_length} at a time.",
    }


class ObjectOf(Worded, serializers.DictField):
    """An object in a body whose names are the sender's: each value is of one kind."""

    default_error_messages: ClassVar = {
        "not_a_dict": "Send a JSON object here.",
        "empty": "Send at least one value here.",
    }


class Query(Strict):
    """The query parameters an address takes; by itself, none."""

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """Read the parameters.

        Raises:
            Malformed: an unknown, doubled or unusable one; each is named.
        """
        raw = request.META.get("QUERY_STRING", "")
        try:
            unquote_to_bytes(raw).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Malformed("Send query parameters in UTF-8.") from error
        double = [name for name, each in request.query_params.lists() if len(each) > 1]
        if double:
            text = "Send this parameter once."
            raise Malformed(text, [FieldProblem(f"?{double[0]}", text, "double")])
        asked = cls(data=request.query_params.dict())
        if asked.is_valid():
            return dict(asked.validated_data)
        problems = [
            FieldProblem(f"?{name}", str(detail), detail.code)
            for name, details in asked.errors.items()
            for detail in details
        ]
        raise Malformed(problems[0].text, problems)


class Paged(Query):
    """The parameters of every list."""

    page = WholeField(
        min_value=1, max_value=LAST_PAGE, default=1, help_text="Which page, from 1."
    )
    page_size = WholeField(
        min_value=1,
        max_value=MOST_PER_PAGE,
        default=PER_PAGE,
        help_text="How many on a page.",
    )

    @staticmethod
    def page_of(asked: Mapping[str, Any]) -> Page:
        """Take the page out of what was read."""
        return Page(asked["page"], asked["page_size"])


def id_in_address(prefix: str, text: str) -> UUID:
    """Read an id of the address; one that can't be an id names no row.

    So a mistyped id runs the same query as a missing one and gets the same answer.
    """
    return read(prefix, text) or NOBODY
