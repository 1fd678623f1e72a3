"""Error pages, the same for every tenant; the API gets problem+json."""

from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.problems import problem_response

WORDS = {
    400: ("malformed", "We couldn't read that request."),
    403: ("forbidden", "Your role here doesn't include this."),
    404: ("not-found", "Not found."),
    405: ("method-not-allowed", "This address doesn't answer that method."),
    429: ("rate-limited", "Too many requests. Wait a minute, then try again."),
    500: ("server-error", "Something went wrong on our side."),
}


def answer(request: HttpRequest, status: int) -> HttpResponse:
    """Answer an error as the caller reads it: a page, or problem+json in the API."""
    slug, detail = WORDS[status]
    if request.path.startswith("/api/"):
        title = HTTPStatus(status).phrase
        return problem_response(
            request, slug=slug, title=title, status=status, detail=detail
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
    return answer(request, 403)
