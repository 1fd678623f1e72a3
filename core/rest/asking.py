"""What a client may say: strict bodies, strict query parameters, pages."""

import re
from collections.abc import Mapping
from datetime import date
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

MOST_PER_PAGE = 100
PER_PAGE = 25
LAST_PAGE = 100_000
# No row has this id.
NOBODY = UUID(int=0)
_CODE = re.compile(r"[-a-zA-Z0-9_]+")
_WHOLE = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Worded(serializers.Field):
    """A field that says in our words what it needs."""

    default_error_messages: ClassVar = {
        "required": "Send this field.",
        "null": "Send a value here.",
    }


class TextField(Worded, serializers.CharField):
    """Text as it was sent, spaces and all; a number is not text."""

    default_error_messages: ClassVar = {
        "invalid": "Send text here.",
        "blank": "Send some text here.",
        "max_length": "Send at most {max_length} characters.",
        "null_characters_not_allowed": "Send text without the character NUL.",
    }
    # As JSON Schema spells it: anything but NUL.
    pattern: ClassVar[str] = r"^[^\u0000]*$"

    def __init__(self, **how: Any) -> None:  # noqa: ANN401
        super().__init__(trim_whitespace=False, **how)

    def to_internal_value(self, data: object) -> str:
        """Take text alone."""
        if not isinstance(data, str):
            self.fail("invalid")
        if "\0" in data:
            # Before REST framework's own check, whose words aren't ours.
            self.fail("null_characters_not_allowed")
        return str(super().to_internal_value(data))


class CodeField(TextField):
    """The code of something: letters, digits, dashes and underscores."""

    default_error_messages: ClassVar = {"code": "Send letters, digits, - and _ alone."}
    pattern = "^[-a-zA-Z0-9_]+$"

    def to_internal_value(self, data: object) -> str:
        """Take a code alone."""
        found = super().to_internal_value(data)
        if not _CODE.fullmatch(found):
            self.fail("code")
        return found


class WordField(Worded, serializers.ChoiceField):
    """One of a few words."""

    default_error_messages: ClassVar = {"invalid_choice": "Choose one of: {words}."}

    def to_internal_value(self, data: object) -> str:
        """Take one of the words alone, as it is spelled."""
        if not isinstance(data, str) or data not in self.choices:
            self.fail("invalid_choice", words=", ".join(map(str, self.choices)))
        return data


class IdField(Worded):
    """An id of one kind; it reads as the row's id.

    Args:
        prefix: the kind's prefix, without the underscore.
        nobody: whether text that can't be such an id reads as nobody's row id, so that
            it is answered like an id that is not there.
    """

    default_error_messages: ClassVar = {
        "invalid": "Send text here.",
        "unknown": "Send an id that begins with {prefix}_.",
    }

    def __init__(
        self,
        prefix: str,
        *,
        nobody: bool = False,
        **how: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(**how)
        self.prefix = prefix
        self.nobody = nobody

    def to_internal_value(self, data: object) -> UUID:
        """Read the id."""
        if not isinstance(data, str):
            self.fail("invalid")
        row_id = read(self.prefix, data)
        if row_id is None and not self.nobody:
            self.fail("unknown", prefix=self.prefix)
        return row_id or NOBODY


class DayField(Worded, serializers.DateField):
    """A calendar day, spelled YYYY-MM-DD."""

    default_error_messages: ClassVar = {"invalid": "Send a day such as 2025-12-01."}

    def to_internal_value(self, value: object) -> date:
        """Read the one spelling of a day that exists."""
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            self.fail("invalid")
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail("invalid")


class WholeField(Worded, serializers.IntegerField):
    """A whole number of a query parameter, spelled with the digits 0 to 9."""

    default_error_messages: ClassVar = {
        "invalid": "Send a whole number.",
        "min_value": "Send {min_value} or more.",
        "max_value": "Send at most {max_value}.",
    }

    def to_internal_value(self, data: object) -> int:
        """Read digits alone."""
        if not isinstance(data, str) or not _WHOLE.fullmatch(data):
            self.fail("invalid")
        return int(data)


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
