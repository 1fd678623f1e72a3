"""Holds an answer against the API's own description."""

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from jsonschema import (  # type: ignore[import-untyped]
    Draft202012Validator,
    FormatChecker,
)

from portal.api.pages import schema_text

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer
else:
    Answer = HttpResponse

__all__ = ["Answer", "description", "keeps_its_word", "operation_of"]

# Answered everywhere, described nowhere: there is no such operation.
NO_OPERATION = 405


@cache
def description() -> dict[str, Any]:
    """The description as it is served."""
    found: dict[str, Any] = json.loads(schema_text())
    return found


@cache
def _patterns() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    # The longer template first, so that "….pdf" is no id.
    ordered = sorted(description()["paths"].items(), key=lambda item: -len(item[0]))
    return [
        (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))), operations)
        for path, operations in ordered
    ]


def operation_of(method: str, path: str) -> dict[str, Any]:
    """Find what the description says of a method and a real path."""
    for pattern, operations in _patterns():
        if pattern.fullmatch(path):
            found: dict[str, Any] = operations[method.lower()]
            return found
    raise AssertionError(f"{path} is not described")


def keeps_its_word(response: Answer, method: str, path: str) -> None:
    """Check status, media type and body against the description."""
    if response.status_code == NO_OPERATION:
        return
    responses = operation_of(method, path)["responses"]
    status = str(response.status_code)
    assert status in responses, f"{method} {path} answers {status}, not described"
    content = responses[status].get("content")
    if content is None:
        assert not response.content, f"{method} {path} answers more than described"
        return
    media = response.headers["Content-Type"].partition(";")[0]
    assert media in content, f"{method} {path} answers {media}, not described"
    if not media.endswith("json"):
        return
    whole = {**content[media]["schema"], "components": description()["components"]}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(
        json.loads(response.content)
    )
