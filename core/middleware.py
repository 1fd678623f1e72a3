"""What every request and every answer goes through."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django_structlog.middlewares import RequestMiddleware

Answer = Callable[[HttpRequest], HttpResponseBase]
NUL = "\0"
REQUEST_ID = "X-Request-ID"
# What holds on every answer, whoever gives it and whatever went wrong before.
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
FORMS = {"", FORM, MULTIPART}


class RequestLog(RequestMiddleware):
    """One line for each request, with its id and whose rows it asked for.

    The id is ours alone: one that a client sends is not taken over.
    """

    def process_view(
        self,
        request: HttpRequest,
        view: object,
        args: object,
        kwargs: dict[str, Any],
    ) -> None:
        """Note the practice or the body that the address names."""
        named = [
            kwargs[name] for name in ("practice", "program", "body") if name in kwargs
        ]
        if named:
            structlog.contextvars.bind_contextvars(tenant=str(named[0])[:64])

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Note who asked: behind a proxy of ours, whom that proxy saw."""
        seen = str(request.META.get("REMOTE_ADDR", ""))
        if settings.SECURE_PROXY_SSL_HEADER:
            told = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
            seen = told.rpartition(",")[2].strip()[:45] or seen
        structlog.contextvars.bind_contextvars(ip=seen)


class Headers:
    """Adds the headers that every answer has, and keeps what is private out of caches.

    It stands outside whatever may fail, so that error pages have them too.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add what is missing."""
        response = self.get_response(request)
        # Whoever has a session is signed in, or was until this very request.
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if known and "Cache-Control" not in response.headers:
            patch_cache_control(response, no_store=True, private=True)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        bound = structlog.contextvars.get_contextvars()
        response.headers.setdefault(REQUEST_ID, str(bound.get("request_id", "")))
        return response


class Readable:
    """Refuses what could be read two ways, or by no database: NUL, broken UTF-8."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Leave out cookies that nobody of ours has set."""
        for name, value in list(request.COOKIES.items()):
            if NUL in value:
                del request.COOKIES[name]
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: object,
        args: object,
        kwargs: dict[str, Any],
    ) -> None:
        """Look at the address and the form before anybody else reads them.

        What REST asks and sends is read as strictly by its own views, which name the
        parameter and the field; so does a view that `reads_body` as it came, to hold a
        signature against it.

        Raises:
            BadRequest: it can't be read in one way.
        """
        if request.path.startswith("/api/v1/") or getattr(view, "reads_body", False):
            return
        asked = str(request.META.get("QUERY_STRING", "")).encode("latin-1", "replace")
        if not _utf8(asked) or b"\0" in unquote_to_bytes(asked) or NUL in request.path:
            raise BadRequest("The address holds NUL or is no UTF-8.")
        if request.method == "POST":
            self._look_at_form(request)

    def _look_at_form(self, request: HttpRequest) -> None:
        if request.content_type not in FORMS:
            raise BadRequest("The body is no form.")
        of_parts = request.content_type == MULTIPART
        if of_parts and not (request.content_params or {}).get("boundary"):
            raise BadRequest("The form has no boundary.")
        if request.content_type == FORM and not _utf8(request.body):
            raise BadRequest("The form is no UTF-8.")


def _utf8(sent: bytes) -> bool:
    try:
        unquote_to_bytes(sent).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
