"""The API's description for programs and for people, and a page for each problem."""

import json
from functools import cache
from threading import Lock
from typing import ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from accounts.access import PUBLIC, Door
from accounts.rest import RestView
from accounts.routes import route
from core import clock
from core.problem_types import PROBLEM_TYPES
from portal.demo.token import PRACTICE, token_to_try

_one_at_a_time = Lock()


class Schema(RestView):
    """The description as OpenAPI 3.1, in JSON."""

    permissions: ClassVar = {"GET": PUBLIC}
    authentication_classes = ()
    throttle_classes = ()

    @extend_schema(exclude=True)
    def get(self, request: Request, door: Door) -> HttpResponse:
        """Give the description."""
        answer = HttpResponse(schema_text(), "application/json")
        answer.headers["Cache-Control"] = "public, max-age=300"
        return answer


def schema_text() -> str:
    """Give the description; it is written once, as it changes only with the code."""
    # The generator keeps what it knows in places that threads share.
    with _one_at_a_time:
        return _written()


@cache
def _written() -> str:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return json.dumps(schema, indent=2)


def with_code(text: str) -> SafeString:
    """Show what stands between backticks as code."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<code>{}</code>", part) if place % 2 else part,)
            for place, part in parts
        ),
    )


@route(permission=PUBLIC)
def docs(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the description, to read and to try.

    Somebody signed in tries it with their session, which needs the page's CSRF key.
    """
    secret = token_to_try(now=clock.now()) if settings.DEMO else ""
    context = {
        "page_title": "API",
        "secret": secret,
        "token": secret or "$TOKEN",
        "practice": PRACTICE if secret else "$PRACTICE",
        "schema_url": reverse("api_schema"),
        "problems_url": reverse("problems"),
        "base_url": settings.BASE_URL,
        "csrf_key": get_token(request) if door.user else "",
    }
    return render(request, "api/docs.html", context)


@route(permission=PUBLIC)
def problems(request: HttpRequest, door: Door) -> HttpResponse:
    """List every kind of problem."""
    kinds = [
        {"kind": kind, "url": reverse("problem", kwargs={"slug": kind.slug})}
        for kind in PROBLEM_TYPES.values()
    ]
    context = {"page_title": "Problems of the API", "kinds": kinds}
    return render(request, "api/problems.html", context)


@route(permission=PUBLIC)
def problem(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """Explain one kind of problem."""
    kind = PROBLEM_TYPES.get(slug)
    if kind is None:
        raise Http404
    context = {
        "page_title": kind.title,
        "kind": kind,
        "meaning": with_code(kind.meaning),
        "remedy": with_code(kind.remedy),
        "example": json.dumps(kind.example, indent=2),
        "problems_url": reverse("problems"),
        "docs_url": reverse("api_docs"),
    }
    return render(request, "api/problem.html", context)
