"""What the API asks for is said in our words, whatever is sent."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework.serializers import Field, ValidationError

import portal.api_urls  # noqa: F401  (its questions are counted below)
from core.rest import Query
from core.rest.asking import Strict
from tests.api.asking import Api, problem

BORROWED = re.compile(
    r"This (field|list|value)|Ensure|[Nn]ot (a )?valid|Null char|Expected|may not|"
    r"Surrogate|Invalid|too large"
)
# Lone surrogates come no further than the parser.
SENT: list[Any] = [
    None,
    "",
    " ",
    "a\0b",
    "x" * 5_000,
    "9" * 5_000,
    "-1",
    "0",
    0,
    1.5,
    True,
    [],
    [None],
    [[]],
    [{}] * 101,
    {},
    {"member": "a\0b"},
    float("inf"),
]


def every_question(kind: type[Strict] = Strict) -> Iterator[type[Strict]]:
    """Yield each serializer that reads what a client sends."""
    for each in kind.__subclasses__():
        yield each
        yield from every_question(each)


def every_field() -> Iterator[tuple[str, Field]]:
    """Yield each field of each of them."""
    for kind in every_question():
        for name, field in kind().fields.items():
            yield f"{kind.__name__}.{name}", field


def sentences(detail: object) -> Iterator[str]:
    """Yield every sentence of a refusal, however deep."""
    if isinstance(detail, dict):
        detail = list(detail.values())
    if isinstance(detail, list):
        for each in detail:
            yield from sentences(each)
    else:
        yield str(detail)


def said(field: Field, sent: object) -> list[str]:
    """Give what a field says to a value."""
    try:
        field.run_validation(sent)
    except ValidationError as error:
        return list(sentences(error.detail))
    return []


@pytest.mark.parametrize(
    "field", [pytest.param(field, id=name) for name, field in every_field()]
)
def test_no_field_says_anything_borrowed(field: Field) -> None:
    answers = [each for sent in SENT for each in said(field, sent)]
    assert field.allow_null or "Send a value here." in answers
    assert not [each for each in answers if BORROWED.search(each)]


@pytest.mark.parametrize("kind", list(every_question()))
def test_no_question_says_anything_borrowed(kind: type[Strict]) -> None:
    for sent in [*SENT, {"x": 1}, dict.fromkeys(kind().fields)]:
        answers = said(kind(), sent)
        assert not [each for each in answers if BORROWED.search(each)]


def test_nul_is_refused_in_our_words(api: Api) -> None:
    said = problem(api.get("members", q="a\0b"), 400, "malformed")
    assert said["detail"] == "Send text without the character NUL."


def test_questions_are_counted() -> None:
    assert Query in set(every_question())
