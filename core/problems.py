"""problem+json (RFC 9457): one form for every error the API answers."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from core.failures import FieldProblem, Refusal, Stale
from core.problem_types import BY_STATUS, PROBLEM_TYPES

CONTENT_TYPE = "application/problem+json"
REQUEST_ID_LENGTH = 64


class Malformed(Refusal):
    """The request can't be read; a problem's field "?name" is a query parameter."""

    slug = "malformed"
    status = HTTPStatus.BAD_REQUEST


class NotAuthenticated(Refusal):
    """No token, or one that opens nothing."""

    slug = "not-authenticated"
    status = HTTPStatus.UNAUTHORIZED


class Forbidden(Refusal):
    """Known here, but not with this right."""

    slug = "forbidden"
    status = HTTPStatus.FORBIDDEN


class TooLarge(Refusal):
    """The body is larger than we read."""

    slug = "too-large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class RateLimited(Refusal):
    """Too many requests; `extra["retry_after"]` is when to come back, in seconds."""

    slug = "rate-limited"
    status = HTTPStatus.TOO_MANY_REQUESTS


class StaleCopy(Stale):
    """The copy that the request names with If-Match is older than the row."""

    status = HTTPStatus.PRECONDITION_FAILED


class NotReady(Refusal):
    """It is being made; `extra["retry_after"]` is when to ask again, in seconds."""

    slug = "not-ready"
    status = HTTPStatus.CONFLICT


def body_of(
    request: HttpRequest | Request,
    *,
    slug: str,
    status: int,
    detail: str,
    errors: Sequence[dict[str, str]] = (),
    extra: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Build the members of a problem; its title is its type's."""
    bound = structlog.contextvars.get_contextvars()
    body: dict[str, Any] = {
        "type": PROBLEM_TYPES[slug].path,
        "title": PROBLEM_TYPES[slug].title,
        "status": int(status),
        "detail": detail,
        "instance": request.path,
        "request_id": str(bound.get("request_id", ""))[:REQUEST_ID_LENGTH],
    }
    if errors:
        body["errors"] = list(errors)
    return body | (extra or {})


def problem_response(
    request: HttpRequest, *, slug: str, status: int, detail: str
) -> JsonResponse:
    """Answer a problem outside REST framework's own handling."""
    body = body_of(request, slug=slug, status=status, detail=detail)
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a REST view raised into a problem; REST framework calls this.

    What is nobody's refusal gives None: it is a fault of ours, answered 500.
    """
    request: Request = context["request"]
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, Refusal):
        return refused(request, error)
    if isinstance(error, exceptions.APIException):
        return _answer(_from_api_exception(request, error))
    return None


def refused(request: Request, refusal: Refusal) -> Response:
    """Answer a refusal without raising it, where what was done before stands."""
    return _answer(
        body_of(
            request,
            slug=refusal.slug,
            status=refusal.status,
            detail=refusal.text,
            errors=[place_of(problem) for problem in refusal.problems],
            extra=refusal.extra,
        )
    )


def _answer(body: dict[str, Any]) -> Response:
    return Response(
        body,
        status=body["status"],
        headers=_headers(body),
        content_type=CONTENT_TYPE,
    )


def place_of(problem: FieldProblem) -> dict[str, str]:
    """Point at the field or the query parameter a refusal names."""
    said = {"code": problem.code, "detail": problem.text}
    if problem.field.startswith("?"):
        return {"parameter": problem.field[1:]} | said
    steps = [step for step in problem.field.split(".") if step]
    return {"pointer": "".join(f"/{step}" for step in steps)} | said


def _from_api_exception(
    request: Request, error: exceptions.APIException
) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        errors = _pointers(error.get_full_details(), "")
        return body_of(
            request,
            slug="validation-error",
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            detail=errors[0]["detail"],
            errors=errors,
        )
    # REST framework's own sentences aren't ours, and tell apart what must read alike.
    kind = BY_STATUS.get(error.status_code, PROBLEM_TYPES["malformed"])
    return body_of(request, slug=kind.slug, status=kind.status, detail=kind.detail)


def _pointers(details: object, path: str) -> list[dict[str, str]]:
    """Flatten REST framework's nested errors into JSON pointers (RFC 6901)."""
    if isinstance(details, dict) and "message" in details and "code" in details:
        text, code = str(details["message"]), str(details["code"])
        return [{"pointer": path, "code": code, "detail": text}]
    found: list[dict[str, str]] = []
    if isinstance(details, dict):
        for name, inner in details.items():
            step = str(name).replace("~", "~0").replace("/", "~1")
            own = name == "non_field_errors"
            found += _pointers(inner, path if own else f"{path}/{step}")
    elif isinstance(details, list):
        for place, inner in enumerate(details):
            nested = isinstance(inner, dict) and "message" not in inner
            found += _pointers(inner, f"{path}/{place}" if nested else path)
    return found


def _headers(body: dict[str, Any]) -> dict[str, str]:
    headers = {}
    if body["status"] == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="api"'
    if "retry_after" in body:
        headers["Retry-After"] = str(body["retry_after"])
    return headers
