"""Setting a password, and mailing the link that lets somebody set a new one."""

from datetime import datetime, timedelta
from uuid import uuid5

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.services.values import instant_words
from core.actor import Actor
from core.audit import record
from core.models import OutboxMessage
from core.outbox import tell


@transaction.atomic
def set_password(*, user: User, password: str, now: datetime) -> None:
    """Store a password that was checked before; every other session of theirs ends."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(
        actor=Actor(user.name, user_id=user.pk),
        action="password.set",
        subject=user,
        sentence="Set a new password",
        now=now,
    )


@transaction.atomic
def mail_reset_link(
    *, actor: Actor, user: User, email: str, url: str, now: datetime
) -> OutboxMessage:
    """Queue the mail with a link to set a new password; the same link is told once.

    Args:
        actor: whoever asked, as a rule a visitor.
        email: the address as it stands in the account.
        url: the absolute address, one-use; it leaves the row when the mail has left.
    """
    lifetime = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    message = tell(
        kind="reset",
        subject_id=uuid5(user.pk, url),
        recipient=email,
        payload={"url": url, "date_text": instant_words(now + lifetime)},
        now=now,
    )
    record(
        actor=actor,
        action="password.link_asked",
        subject=user,
        sentence=f"Asked for a link to set {user.name}'s password",
        now=now,
    )
    return message
