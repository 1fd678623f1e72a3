"""Setting a password, and the mailed link that lets somebody set a new one.

Whoever asks for a link gets the same work done, whether or not the address is known: a
row is queued. Only the worker that delivers it looks whose the address is, so neither
the answer nor its time tells, and no link lies in the database.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.services.alerts import tell_of_change
from accounts.services.sessions import end_sessions
from accounts.services.values import instant_words
from core.actor import Actor
from core.audit import record
from core.letters import Letter, Moment
from core.models import OutboxMessage
from core.outbox import tell


@dataclass(frozen=True)
class ResetLink:
    """A one-use address to set a password, and until when it works, in words."""

    url: str
    date_text: str


@transaction.atomic
def set_password(*, user: User, password: str, keep: str = "", now: datetime) -> None:
    """Store a password that was checked before; every other session of theirs ends.

    `keep` is the key of the session in which it was changed, where there is one.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user=user, keep=keep)
    record(
        actor=Actor(user.name, user_id=user.pk),
        action="password.set",
        subject=user,
        sentence="Set a new password",
        now=now,
    )
    tell_of_change(user=user, what="Your password was changed.", now=now)


@transaction.atomic
def ask_for_reset(*, email: str, now: datetime) -> OutboxMessage:
    """Queue a link for an address, whoever it belongs to and if it does to anybody."""
    return tell(
        kind="reset",
        subject_id=uuid4(),
        recipient=email.strip().lower(),
        payload={},
        now=now,
    )


@transaction.atomic
def make_reset_link(*, email: str, now: datetime) -> ResetLink | None:
    """Make the link that is mailed to an address; None if nobody signs in with it."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    # Databases fold more letters than mail servers do: it must be the same address.
    if user is None or user.email.lower() != email:
        return None
    token = default_token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": token},
    )
    record(
        actor=Actor.system("mail"),
        action="password.link_made",
        subject=user,
        sentence=f"Made a link to set {user.name}'s password, which was asked for",
        now=now,
    )
    until = now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return ResetLink(f"{settings.BASE_URL}{path}", instant_words(until))


def compose_reset(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Make the link a reset mail carries; None if nobody signs in with the address."""
    link = make_reset_link(email=message.recipient, now=moment.now)
    return Letter(asdict(link)) if link else None
