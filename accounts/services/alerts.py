"""Telling somebody by mail that their way in has changed, in case it wasn't them."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.services.values import instant_words
from core.outbox import tell


def tell_of_change(*, user: User, what: str, now: datetime) -> None:
    """Queue the mail, in the transaction of the change.

    Args:
        user: whose account it is.
        what: the change as a sentence, such as "A passkey was added: My laptop."
        now: the instant, UTC.
    """
    tell(
        kind="security_changed",
        subject_id=uuid4(),
        recipient=user.email,
        payload={
            "name": user.name,
            "what": what,
            "date_text": instant_words(now),
            "url": f"{settings.BASE_URL}{reverse('mfa_index')}",
        },
        now=now,
    )
