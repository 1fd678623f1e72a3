"""How allauth behaves here: closed to sign-up, silent about addresses, without mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.known_browsers import known_as, remember_browser
from accounts.models import User
from accounts.passed import FIRST_STEP, first_step_holds, note_first_step
from accounts.services import set_password
from core.clock import now
from core.scope import Scope, scoped

# Of the rates in ACCOUNT_RATE_LIMITS, the one that counts a known browser's tries.
APP, KNOWN_BROWSER = "allauth.account", "login_known_browser"
NOTICES = {
    "account/messages/logged_out.txt": "You are signed out.",
    "account/messages/password_changed.txt": "Your new password is saved.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; mail leaves through the outbox alone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "This e-mail address and password don't go together. "
            "Check both, or reset your password."
        ),
        "too_many_login_attempts": (
            "That was too many tries. Wait five minutes, or reset your password."
        ),
        "enter_current_password": "This isn't your current password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come by invitation."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Answer everybody with pages, whatever their headers ask for."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: object) -> User | None:
        """Let an active person in.

        To somebody with the right password of an account that was switched off, the
        answer is the one for a wrong password, and the try counts as one.
        """
        self.pre_authenticate(request, **credentials)
        user = authenticate(request, **credentials)
        # What allauth stashes is the switched-off person, for a page of their own.
        AuthenticationBackend.unstash_authenticated_user()
        if not isinstance(user, User):
            return None
        self._rollback_login_failed_rl_usage()
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Count a try: of the account and the address, or of a browser they know.

        Raises:
            ValidationError: there were too many.
        """
        browser = known_as(request, str(credentials.get("email", "")))
        if browser is None:
            super().pre_authenticate(request, **credentials)
            return
        self._login_failed_rl_usage = ratelimit.consume(
            request, app=APP, action=KNOWN_BROWSER, key=browser
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def post_login(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        **login: Any,  # noqa: ANN401
    ) -> HttpResponse:
        """Remember the browser, so that nobody else's tries count in it.

        Only where they showed the password: whoever runs a practice's provider could
        make any number of browsers known, each with tries of its own.
        """
        response: HttpResponse = super().post_login(request, user, **login)
        assert isinstance(user, User)
        shown = get_authentication_records(request, user)
        if any(each["method"] == "password" for each in shown):
            remember_browser(request, response, user.email)
        return response

    def pre_login(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        **login: Any,  # noqa: ANN401
    ) -> HttpResponse | None:
        """Note what the sign-in begins with, before it waits for a second step."""
        refused: HttpResponse | None = super().pre_login(request, user, **login)
        if refused is None:
            assert isinstance(user, User)
            note_first_step(request, user)
        return refused

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign somebody in whose first step still holds.

        Raises:
            ImmediateHttpResponse: the password or the account changed meanwhile; they
                begin again.
        """
        assert isinstance(user, User)
        if not first_step_holds(request, user):
            clear_login(request)
            raise ImmediateHttpResponse(redirect("account_login"))
        del request.session[FIRST_STEP]
        super().login(request, user)

    def respond_user_inactive(
        self, request: HttpRequest, user: AbstractBaseUser
    ) -> HttpResponse:
        """Begin again for somebody switched off between two of their clicks."""
        return redirect("account_login")

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: object
    ) -> str:
        # allauth adds the Host header's port, which whoever is trying may choose.
        return str(credentials.get("email", "")).lower()

    def _delete_login_attempts_cached_email(
        self, request: HttpRequest, **credentials: object
    ) -> None:
        """Begin to count anew for whoever set a new password by a mailed link."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        browser = known_as(request, str(credentials.get("email", "")))
        if browser is not None:
            ratelimit.clear(request, app=APP, action=KNOWN_BROWSER, key=browser)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Store a new password, with its entry in the trail."""
        assert isinstance(user, User)
        key = self.request.session.session_key if self.request.user == user else None
        with scoped(Scope.own(user.pk)):
            set_password(user=user, password=password, keep=key or "", now=now())

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Send nothing: all mail leaves through the outbox.

        Raises:
            LookupError: always; no setting of ours asks allauth for a mail.
        """
        raise LookupError(f"{template_prefix}: not a mail of ours")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: object,
        **kwargs: object,
    ) -> None:
        """Say what we have words for; signing in needs none."""
        text = NOTICES.get(message_template or "")
        if text:
            messages.add_message(request, level, text)
