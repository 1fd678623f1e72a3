"""Who sends a REST request: a token, or a person's browser session."""

from copy import copy
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, CSRFCheck
from rest_framework.request import Request

from accounts.models import Token, User
from accounts.services.tokens import use_token
from core import clock
from core.problems import Forbidden, NotAuthenticated
from core.scope import Scope, scoped

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema

SCHEME = "bearer"


class BearerToken(BaseAuthentication):
    """A token in the Authorization header; nowhere else is one looked for."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Token] | None:
        """Find the token.

        Raises:
            NotAuthenticated: it opens nothing; a session beside it doesn't count.
        """
        scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        with scoped(Scope.entry()):
            token = use_token(secret=secret.strip(), now=clock.now())
        if token is None:
            raise NotAuthenticated("This token is unknown, revoked or expired.")
        return AnonymousUser(), token

    def authenticate_header(self, request: Request) -> str:
        """Name the way in that a 401 asks for."""
        return 'Bearer realm="api"'


class BrowserSession(BaseAuthentication):
    """A person signed in in this browser; what changes something needs the CSRF key."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """Find the person.

        Raises:
            Forbidden: a request that changes something came without its CSRF key.
        """
        asked = request._request  # noqa: SLF001  (the CSRF check knows Django's alone)
        user = asked.user
        if not isinstance(user, User) or not user.is_active:
            return None
        asked = _without_body(asked)
        check = CSRFCheck(_nowhere)
        check.process_request(asked)
        if check.process_view(asked, _nowhere, (), {}):
            raise Forbidden("Send the X-CSRFToken header of this session.")
        return user, None


def _without_body(request: HttpRequest) -> HttpRequest:
    """Give a request whose form is empty, so that the key comes in the header alone.

    The check would look for it in the form first, and read a body of any size for that.
    """
    head = copy(request)
    head.POST = QueryDict()
    return head


def _nowhere(request: HttpRequest) -> HttpResponse:
    """Stand in for the view: the check only asks whether it would be reached."""
    return HttpResponse()


def _scope(auto_schema: "AutoSchema") -> str:
    permissions = getattr(auto_schema.view, "permissions", {})
    permission = permissions.get(auto_schema.method)
    return permission.needs if permission else ""


class BearerTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes the token, and per operation the scope it needs."""

    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema: "AutoSchema") -> dict[str, Any]:
        """Describe the header."""
        return {
            "type": "http",
            "scheme": SCHEME,
            "description": "A token from the practice's API page; for a body's feed "
            "of completions, one from the body's page of tokens.",
        }

    def get_security_requirement(
        self, auto_schema: "AutoSchema"
    ) -> list[dict[str, list[str]]]:
        """Name the scope; nothing where no token comes in."""
        scope = _scope(auto_schema)
        return [{self.name: [scope]}] if scope else []


class BrowserSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes the session's cookie."""

    target_class = BrowserSession
    name = "session"

    def get_security_definition(self, auto_schema: "AutoSchema") -> dict[str, Any]:
        """Describe the cookie."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The session of a signed-in person. What changes something "
            "needs its X-CSRFToken header too.",
        }
