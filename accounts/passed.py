"""What the session of a signed-in person was opened with, as the doors ask for it."""

import time
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

from accounts.answers import NOTHING_SHOWN, Shown
from accounts.models import User
from accounts.rules import DEMO_MAIL

# How long a sign-in counts for what needs a fresh one.
FRESH = timedelta(minutes=5)


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
