"""problem+json (RFC 9457): one form for every error the API answers."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from core.failures import FieldProblem, Refusal

CONTENT_TYPE = "application/problem+json"
SLUGS = {
    400: "malformed",
    401: "not-authenticated",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "conflict",
    415: "unsupported-media-type",
    422: "validation-error",
    429: "rate-limited",
}


def body_of(  # noqa: PLR0913  (the members RFC 9457 names)
    request: HttpRequest,
    *,
    slug: str,
    title: str,
    status: int,
    detail: str,
    errors: Sequence[dict[str, str]] = (),
    extra: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Build the members of a problem."""
    bound = structlog.contextvars.get_contextvars()
    body: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "request_id": str(bound.get("request_id", "")),
    }
    if errors:
        body["errors"] = list(errors)
    return body | (extra or {})


def problem_response(request: HttpRequest, **members: Any) -> JsonResponse:
    """Answer a problem outside REST framework's own handling."""
    body = body_of(request, **members)
    return JsonResponse(body, status=body["status"], content_type=CONTENT_TYPE)


def pointer_of(problem: FieldProblem) -> dict[str, str]:
    """Point at the field a refusal names."""
    path = problem.field.replace(".", "/").strip("/")
    return {"pointer": f"/{path}", "code": problem.code, "detail": problem.text}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a REST view raised into a problem; REST framework calls this."""
    request = context["request"]._request
    if isinstance(error, Refusal):
        body = body_of(
            request,
            slug=error.slug,
            title=error.title,
            status=error.status,
            detail=error.text,
            errors=[pointer_of(problem) for problem in error.problems],
            extra=error.extra,
        )
        return _answer(body, {})
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    return _from_api_exception(request, error)


def _from_api_exception(
    request: HttpRequest, error: exceptions.APIException
) -> Response:
    status, errors, headers = error.status_code, [], {}
    if isinstance(error, exceptions.ValidationError):
        status, errors = 422, _pointers(error.get_full_details(), "")
    if isinstance(error, exceptions.Throttled) and error.wait:
        headers["Retry-After"] = str(int(error.wait) + 1)
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    detail = errors[0]["detail"] if errors else _sentence(status, error)
    body = body_of(
        request,
        slug=SLUGS.get(status, "conflict"),
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        errors=errors,
    )
    return _answer(body, headers)


def _sentence(status: int, error: exceptions.APIException) -> str:
    # Missing and somebody else's must read alike, whatever raised it.
    return "Not found." if status == 404 else str(error.detail)


def _pointers(details: Any, path: str) -> list[dict[str, str]]:
    if isinstance(details, dict) and "message" in details and "code" in details:
        text, code = str(details["message"]), str(details["code"])
        return [{"pointer": path or "/", "code": code, "detail": text}]
    found: list[dict[str, str]] = []
    if isinstance(details, dict):
        for name, inner in details.items():
            step = "" if name == "non_field_errors" else f"/{name}"
            found += _pointers(inner, path + step)
    elif isinstance(details, list):
        for place, inner in enumerate(details):
            nested = isinstance(inner, dict) and "message" not in inner
            found += _pointers(inner, f"{path}/{place}" if nested else path)
    return found


def _answer(body: dict[str, Any], headers: dict[str, str]) -> Response:
    return Response(
        body, status=body["status"], headers=headers, content_type=CONTENT_TYPE
    )
