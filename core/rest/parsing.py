"""Reading a JSON body strictly: what could be read two ways is not read."""

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import IO, Any, NoReturn

from rest_framework.parsers import BaseParser

from core.failures import FieldProblem, NotUsable
from core.problems import Malformed, TooLarge

MOST_BYTES = 256 * 1024
DEEPEST = 16


class StrictJSONParser(BaseParser):
    """Reads UTF-8 JSON without doubled names, NaN, lone surrogates or deep nesting."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Parse a body.

        Raises:
            Malformed: it is not JSON as this API reads it.
            NotUsable: it is JSON, but not an object.
            TooLarge: it is longer than 256 KiB.
        """
        raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise TooLarge(f"Send at most {MOST_BYTES // 1024} KiB.")
        found = read_json(raw)
        if not isinstance(found, dict):
            text = "Send a JSON object."
            raise NotUsable(text, [FieldProblem("", text, "not_an_object")])
        return found


def read_json(raw: bytes) -> object:
    """Read JSON text; numbers with a point come as Decimal.

    Raises:
        Malformed: with a sentence that says what stands in the way.
    """
    try:
        found: object = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_once_each,
            parse_constant=_no_constant,
            parse_float=Decimal,
        )
    except UnicodeDecodeError as error:
        raise Malformed("Send the body in UTF-8.") from error
    except RecursionError as error:
        raise Malformed("The body nests too deep.") from error
    except ValueError as error:
        raise Malformed("The body isn't JSON.") from error
    _check(found, DEEPEST)
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        double, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        shown = json.dumps(double[:40])
        raise Malformed(f"The body names {shown} twice in one object.")
    return found


def _no_constant(word: str) -> NoReturn:
    raise Malformed(f"{word} is not JSON.")


def _check(value: object, levels: int) -> None:
    """Refuse what a database or an answer couldn't hold."""
    if levels == 0:
        raise Malformed("The body nests too deep.")
    if isinstance(value, str):
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise Malformed("The body holds half a character (a lone surrogate).")
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check(name, levels)
            _check(inner, levels - 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, levels - 1)
