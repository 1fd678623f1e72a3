"""Opening a session for a test: as somebody who passed both steps, or one alone."""

import time
from datetime import timedelta

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE,
)
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY as METHODS,
)
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import User
from accounts.sessions import VISIT
from core.sealing import seal
from tests.totp import SEED, code_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Tests move the clock by years; what they are about is then not this session's age.
LATER = timedelta(days=36_500).total_seconds()


def open_session(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """Sign somebody in, for as long as the test lasts, and fresh all the while.

    With `second_factor` they have an authenticator app, and passed it.
    """
    client.force_login(user, backend=BACKEND)
    at = time.time() + LATER
    records: list[dict[str, object]] = [{"method": "password", "at": at}]
    if second_factor:
        held = an_app_of(user)
        records.append({"method": "mfa", "at": at, "id": held.pk, "type": "totp"})
    session = client.session
    session[METHODS] = records
    session[WHOSE] = str(user.pk)
    session[VISIT] = {"began": at, "seen": at, "agent": "Tests"}
    session.save()
    return client


def client_without_second_factor(user: User) -> Client:
    """Give a browser in which somebody signed in by password alone."""
    client = Client(raise_request_exception=False)
    return open_session(client, user, second_factor=False)


def an_app_of(user: User) -> Authenticator:
    """Give somebody an authenticator app with the tests' own seed, once."""
    held: Authenticator = Authenticator.objects.get_or_create(
        user=user,
        type=Authenticator.Type.TOTP,
        defaults={"data": {"secret": seal(SEED), "used": 0}},
    )[0]
    return held


def set_up(client: Client) -> tuple[str, str]:
    """Set an app up; give its seed and the page of recovery codes."""
    seed = client.get("/accounts/security/app/").context["seed"]
    page = client.post("/accounts/security/app/", {"code": code_of(seed)})
    return seed, page.content.decode()


def step(client: Client, code: str) -> int:
    """Send a code as the second step; 302 is in."""
    return client.post("/accounts/login/step/", {"code": code}).status_code


def signed_in(client: Client) -> bool:
    """Whether the browser is somebody's."""
    return "_auth_user_id" in client.session
