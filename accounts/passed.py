"""What the session of a signed-in person was opened with, as the doors ask for it."""

import time
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from rest_framework.request import Request

from accounts.answers import NOTHING_SHOWN, Shown
from accounts.models import User
from accounts.rules import DEMO_MAIL

# How long a sign-in counts for what needs a fresh one.
FRESH = timedelta(minutes=5)
# Which password a sign-in began with, until it ends.
FIRST_STEP = "first_step"


def shown_by(request: HttpRequest | Request) -> Shown:
    """Read what this session has shown; nothing where nobody is signed in.

    In a demonstration its own people are signed in by the house, with one click: that
    counts as all there is to show. Nobody else's session is ever read so.
    """
    user = request.user
    if not isinstance(user, User):
        return NOTHING_SHOWN
    if settings.DEMO and user.email.endswith(DEMO_MAIL):
        return Shown(second_factor=True, fresh=True)
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    since = time.time() - FRESH.total_seconds()
    return Shown(
        second_factor=any(each["method"] == "mfa" for each in records),
        fresh=any(each["at"] > since for each in records),
    )


def has_second_factor(user: User) -> bool:
    """Say whether somebody has an authenticator app or a passkey set up."""
    held = Authenticator.objects.filter(user=user)
    return held.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def note_first_step(request: HttpRequest, user: User) -> None:
    """Note the password that a sign-in begins with, as the hash that Django keeps.

    The sign-in may wait for its second step, in a session that is nobody's yet: what
    ends somebody's sessions doesn't find it.
    """
    request.session[FIRST_STEP] = user.get_session_auth_hash()


def first_step_holds(request: HttpRequest, user: User) -> bool:
    """Say whether the account still works, with the password the sign-in began with."""
    noted = str(request.session.get(FIRST_STEP, ""))
    known = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return user.is_active and any(constant_time_compare(noted, each) for each in known)
