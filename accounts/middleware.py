"""Who is signed in, looked up in a scope of its own."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.scope import Scope, scoped


class SignedIn(AuthenticationMiddleware):
    """Tells who is signed in when somebody asks, as Django's own does.

    It is asked for wherever a page is put together, also on pages that no door led to;
    so the look-up brings its scope along.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Put the lazy answer on the request."""
        super().process_request(request)

        def known() -> AbstractBaseUser | AnonymousUser:
            with scoped(Scope.entry()):
                return get_user(request)

        # Without a session there is nobody to look up.
        if request.session.session_key is not None:
            request.user = SimpleLazyObject(known)  # type: ignore[assignment]
