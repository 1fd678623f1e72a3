"""The fields of what a client sends, each with its own words for what it needs."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from rest_framework import serializers

from core.public_ids import read

# No row has this id.
NOBODY = UUID(int=0)
_AMOUNT = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CODE = re.compile(r"[-a-zA-Z0-9_]+")
_WHOLE = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_DIGITS = 18
_HUGE = Decimal(10) ** _MOST_DIGITS


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


class LineField(TextField):
    """Text on one line: what is shown in a list, a heading or a mail's subject."""

    default_error_messages: ClassVar = {"line": "Send one line of text."}
    pattern = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$"

    def to_internal_value(self, data: object) -> str:
        """Take text without breaks and other control characters."""
        found = super().to_internal_value(data)
        if _CONTROLS.search(found):
            self.fail("line")
        return found


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


class CountField(Worded, serializers.IntegerField):
    """A whole number of a body; 60.0 is 60, the text "60" is no number."""

    default_error_messages: ClassVar = {
        "invalid": "Send a whole number.",
        "min_value": "Send {min_value} or more.",
        "max_value": "Send at most {max_value}.",
    }

    def to_internal_value(self, data: object) -> int:
        """Take a number alone, and only a whole one."""
        if isinstance(data, bool) or not isinstance(data, int | Decimal):
            self.fail("invalid")
        if isinstance(data, Decimal) and data.adjusted() > _MOST_DIGITS:
            # Beyond every limit, and too long to be computed with.
            return int(_HUGE.copy_sign(data))
        if data % 1:
            self.fail("invalid")
        return int(data)


class FlagField(Worded, serializers.BooleanField):
    """Yes or no of a body: true or false, and nothing that reads like them."""

    default_error_messages: ClassVar = {"invalid": "Send true or false."}

    def to_internal_value(self, data: object) -> bool:
        """Take true or false alone."""
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class AmountField(Worded, serializers.DecimalField):
    """An exact amount, in quotes: digits, and at most two behind a point."""

    default_error_messages: ClassVar = {
        "invalid": 'Send an amount such as "1.5", in quotes.'
    }
    pattern: ClassVar[str] = f"^{_AMOUNT.pattern}$"

    def __init__(self, **how: Any) -> None:  # noqa: ANN401
        super().__init__(max_digits=6, decimal_places=2, **how)

    def to_internal_value(self, data: object) -> Decimal:
        """Take text that spells an amount."""
        if not isinstance(data, str) or not _AMOUNT.fullmatch(data):
            self.fail("invalid")
        return Decimal(data)
