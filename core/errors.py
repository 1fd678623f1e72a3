"""Error pages, the same for every tenant; the API gets problem+json."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.problem_types import BY_STATUS
from core.problems import problem_response


def answer(request: HttpRequest, status: int) -> HttpResponse:
    """Answer an error as the caller reads it: a page, or problem+json in the API."""
    if request.path.startswith("/api/"):
        kind = BY_STATUS[status]
        return problem_response(
            request, slug=kind.slug, status=kind.status, detail=kind.detail
        )
    # No page was reached: the help is not that of one, whatever the address.
    context = {"help_url": reverse("help")}
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400; 413 where the body is larger than what is read."""
    return answer(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return answer(request, 403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; the same bytes whether a thing is absent or somebody else's."""
    return answer(request, 404)


def not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """Answer 405, with the methods the address has."""
    response = answer(request, 405)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429."""
    return answer(request, 429)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500, also where the database is away and nobody is known."""
    try:
        return answer(request, 500)
    except DatabaseFault:
        request.user = AnonymousUser()
        vars(request).pop("_messages", None)
        return answer(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose one-time key is missing or old: 403."""
    if request.path.startswith("/api/"):
        return answer(request, 403)
    return render(request, "stale_form.html", status=403)
