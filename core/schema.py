"""The API's description (OpenAPI): written from what the views declare and enforce."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, Protocol, runtime_checkable

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from core.problem_types import PROBLEM_TYPES
from core.problems import CONTENT_TYPE
from core.public_ids import pattern
from core.rest.asking import Query, Strict

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A problem (RFC 9457). Each type has a page at its address.",
    "properties": {
        "type": {"type": "string", "enum": [k.path for k in PROBLEM_TYPES.values()]},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {
                        "type": "string",
                        "description": "Where in the body, as a JSON pointer.",
                    },
                    "parameter": {
                        "type": "string",
                        "description": "Which query parameter.",
                    },
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
                "required": ["code", "detail"],
            },
        },
        "available": {
            "type": "integer",
            "description": "pool-exhausted: how many there are.",
        },
        "retry_after": {
            "type": "integer",
            "description": "When to ask again, in seconds.",
        },
        "why": {
            "type": "array",
            "description": "not-eligible: each rule that says no, where several may.",
            "items": {
                "type": "object",
                "properties": {
                    "rule": {"type": "string"},
                    "text": {"type": "string"},
                    "ruling": {"type": "boolean"},
                },
                "required": ["rule", "text", "ruling"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
}


# Whose rows an address opens on, by its first part, as operations are named.
WHOSE = {"practices": "", "me": "my_", "bodies": "body_"}
RETRY_AFTER: dict[str, Any] = {
    "description": "When to ask again, in seconds.",
    "schema": {"type": "integer", "minimum": 1},
}
BLANK = [{"type": "string", "maxLength": 0}]
ASK_AGAIN = frozenset({"rate-limited", "not-ready", "idempotency-in-progress"})


@runtime_checkable
class Declares(Protocol):
    """A view that says what it takes and which problems it answers."""

    def query_of(self, method: str) -> type[Query]:
        """The query parameters it takes with a method."""

    def problems_of(self, method: str) -> Sequence[str]:
        """The slugs of the problems it may answer to a method."""

    def headers_of(self, method: str) -> Sequence[OpenApiParameter]:
        """The request headers it reads."""


class ProblemSchema(AutoSchema):
    """Describes an operation with the query and the problems its view declares."""

    def get_override_parameters(self) -> list[Any]:
        """Add the query parameters and headers the view reads."""
        given = list(super().get_override_parameters())
        if isinstance(self.view, Declares):
            query = self.view.query_of(self.method)
            given += [query] if query().fields else []
            given += self.view.headers_of(self.method)
        return given

    def get_tags(self) -> list[str]:
        """Group operations by what they are about, not by whose it is."""
        parts = self._tokenize_path()
        return parts[1:2] if parts[0] in WHOSE else parts[:1]

    def get_operation_id(self) -> str:
        """Name an operation as its view does, and whose rows it opens on."""
        named = getattr(self.view, "operations", {}).get(self.method)
        if not named:
            return str(super().get_operation_id())
        verb, noun = named
        return f"{verb}_{WHOSE[self._tokenize_path()[0]]}{noun}"

    def _map_basic_serializer(
        self, serializer: serializers.BaseSerializer[Any], direction: str
    ) -> dict[str, Any]:
        schema: dict[str, Any] = super()._map_basic_serializer(  # type: ignore[no-untyped-call]
            serializer, direction
        )
        if isinstance(serializer, Strict) and serializer.one_of:
            schema["oneOf"] = [{"required": [name]} for name in serializer.one_of]
        return schema

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        if isinstance(self.view, Declares):
            copies = any(each.name == "If-Match" for each in self._headers())
            bodies |= self._problems(self.view.problems_of(self.method), copies=copies)
        return dict(sorted(bodies.items()))

    def _headers(self) -> Sequence[OpenApiParameter]:
        if not isinstance(self.view, Declares):
            return ()
        return self.view.headers_of(self.method)

    def _problems(self, slugs: Iterable[str], *, copies: bool) -> dict[str, Any]:
        problem = ResolvedComponent(  # type: ignore[no-untyped-call]
            name="Problem",
            type=ResolvedComponent.SCHEMA,
            object="Problem",
            schema=PROBLEM,
        )
        self.registry.register_on_missing(problem)
        by_status: dict[int, list[str]] = {}
        for slug in slugs:
            kind = PROBLEM_TYPES[slug]
            by_status.setdefault(kind.status, []).append(slug)
            if copies and kind.if_match:
                by_status.setdefault(kind.if_match, []).append(slug)
        return {
            str(status): (
                {"headers": {"Retry-After": RETRY_AFTER}}
                if ASK_AGAIN & {*found}
                else {}
            )
            | {
                "description": "; ".join(
                    f"{PROBLEM_TYPES[slug].title} ({slug})" for slug in sorted(found)
                ),
                "content": {
                    CONTENT_TYPE: {
                        "schema": problem.ref,
                        "example": PROBLEM_TYPES[found[0]].example | {"status": status},
                    }
                },
            }
            for status, found in by_status.items()
        }


class IdFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Describes an id by its spelling."""

    target_class = "core.rest.fields.IdField"

    def map_serializer_field(
        self, auto_schema: AutoSchema, direction: str
    ) -> dict[str, Any]:
        """Give the pattern of the id's kind."""
        return {"type": "string", "pattern": pattern(self.target.prefix)}


class AmountFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Describes an exact amount by its spelling."""

    target_class = "core.rest.fields.AmountField"

    def map_serializer_field(
        self, auto_schema: AutoSchema, direction: str
    ) -> dict[str, Any]:
        """Give the pattern."""
        return {"type": "string", "pattern": self.target.pattern}


class TextFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Describes text by the pattern it must have."""

    target_class = "core.rest.fields.TextField"
    match_subclasses = True

    def map_serializer_field(
        self, auto_schema: AutoSchema, direction: str
    ) -> dict[str, Any]:
        """Add the pattern."""
        found: dict[str, Any] = auto_schema._map_serializer_field(  # type: ignore[no-untyped-call]  # noqa: SLF001
            self.target, direction, bypass_extensions=True
        )
        # Whether it may be null is added once more, by whoever asks.
        return found | {"type": "string", "pattern": self.target.pattern}


def tidy(result: dict[str, Any], **how: object) -> dict[str, Any]:
    """Take the generator's own marks out, and close what takes no other field."""
    _without_marks(result)
    _blank_once(result)
    for name, component in result["components"]["schemas"].items():
        if name.endswith("Request"):
            component["additionalProperties"] = False
    return result


def _blank_once(node: object) -> None:
    """Describe text that may be empty once: "" would be two of the generator's kinds.

    The patterns of our texts take the empty one.
    """
    if isinstance(node, dict):
        kinds = node.get("oneOf", [])
        if len(kinds) == len(BLANK) + 1 and kinds[1:] == BLANK:
            node.update(kinds[0])
            del node["oneOf"]
        for inner in node.values():
            _blank_once(inner)
    elif isinstance(node, list):
        for inner in node:
            _blank_once(inner)


def _without_marks(node: object) -> None:
    if isinstance(node, dict):
        node.pop("x-spec-enum-id", None)
        for inner in node.values():
            _without_marks(inner)
    elif isinstance(node, list):
        for inner in node:
            _without_marks(inner)
