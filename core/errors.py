"""Error pages, the same for every tenant; the API gets problem+json."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.problem_types import BY_STATUS
from core.problems import problem_response


def answer(request: HttpRequest, status: int) -> HttpResponse:
    """Answer an error as the caller reads it: a page, or problem+json in the API."""
    if request.path.startswith("/api/"):
        kind = BY_STATUS[status]
        return problem_response(
            request, slug=kind.slug, status=kind.status, detail=kind.detail
        )
    bound = structlog.contextvars.get_contextvars()
    context = {"request_id": bound.get("request_id", "")}
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return answer(request, 400)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return answer(request, 403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; the same bytes whether a thing is absent or somebody else's."""
    return answer(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return answer(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose one-time key is missing or old: 403."""
    if request.path.startswith("/api/"):
        return answer(request, 403)
    return render(request, "stale_form.html", status=403)
