"""Who comes in through a practice's single sign-on."""

from datetime import datetime

import structlog
from django.db import IntegrityError, transaction

from accounts.models import (
    Administration,
    SignOnLink,
    SingleSignOn,
    Sponsorship,
    StaffRole,
    User,
)
from accounts.openid import Person
from accounts.services.alerts import tell_of_change
from accounts.services.denying import DeniedLimit
from core.actor import Actor
from core.audit import record
from core.scope import Scope, scoped

logger = structlog.get_logger(__name__)


def admit(*, sign_on: SingleSignOn, person: Person, now: datetime) -> User | None:
    """Find whose account a person is that the provider vouches for; None for nobody's.

    The provider speaks for the people of its practice alone, so it opens no account
    that also opens somebody else's rows: of a body's staff, or of another practice. The
    first time, the provider's name for them is linked to the account; from then on it
    must be the same. Why somebody is refused stands in the trail and the log alone.
    """
    user = _known(sign_on, person)
    if user is not None:
        with scoped(Scope.own(user.pk)):
            reason = _reason_against(sign_on, user) or _linked(
                sign_on, user, person.subject, now
            )
    else:
        reason = "no account of this address, or one it may not vouch for"
    if not reason:
        return user
    _deny(sign_on, reason, now)
    return None


def _known(sign_on: SingleSignOn, person: Person) -> User | None:
    """Find the account of an address that the provider may vouch for."""
    email = _lowered(person.email)
    domain = email.rpartition("@")[2]
    if not person.email_verified or domain not in sign_on.domains:
        return None
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    # Databases fold more letters than mail servers do: it must be the same address.
    return user if user is not None and _lowered(user.email) == email else None


def _lowered(email: str) -> str:
    """Write the letters A to Z small, and no other: some fold to one of these."""
    return email.encode().lower().decode()


def _reason_against(sign_on: SingleSignOn, user: User) -> str:
    """Say why a practice's provider may not open an account, in that person's scope."""
    if StaffRole.objects.filter(user=user, until_at=None).exists():
        return "works for a body"
    held = Administration.objects.filter(user=user, until_at=None)
    stands = Sponsorship.objects.open().filter(member__user=user)
    practices = {
        *held.values_list("practice", flat=True),
        *stands.values_list("practice", flat=True),
    }
    if practices - {sign_on.practice_id}:
        return "belongs to another practice as well"
    return "" if practices else "does not belong to the practice"


@transaction.atomic
def _linked(sign_on: SingleSignOn, user: User, subject: str, now: datetime) -> str:
    """Link an account at its first sign-in; say what is against it, if anything is.

    Of two at once one makes the link, the other finds it.
    """
    held = _subject_of(sign_on, user)
    if held is None:
        try:
            with transaction.atomic():
                link = SignOnLink.objects.create(
                    practice_id=sign_on.practice_id,
                    user=user,
                    subject=subject,
                    from_at=now,
                )
        except IntegrityError:
            held = _subject_of(sign_on, user)
        else:
            record(
                actor=Actor(user.name, user_id=user.pk),
                action="sign_on.linked",
                subject=link,
                practice_id=sign_on.practice_id,
                sentence="Signed in through the practice's provider for the first time",
                now=now,
            )
            tell_of_change(user=user, what=_told(sign_on), now=now)
            return ""
    return "" if held == subject else "is another person to the provider than before"


def _told(sign_on: SingleSignOn) -> str:
    return (
        "Your account was linked to the sign-in service of "
        f"{sign_on.practice.name}, which opens it from now on."
    )


def _subject_of(sign_on: SingleSignOn, user: User) -> str | None:
    return (
        SignOnLink.objects.filter(
            practice_id=sign_on.practice_id, user=user, until_at=None
        )
        .values_list("subject", flat=True)
        .first()
    )


def _deny(sign_on: SingleSignOn, reason: str, now: datetime) -> None:
    """Note it in the house's chain: the practice learns of nobody's other places."""
    fits = DeniedLimit().allow(f"sign_on:{sign_on.pk}")
    logger.warning("single sign-on refused", reason=reason, written=fits)
    if not fits:
        return
    with transaction.atomic():
        record(
            actor=Actor("A visitor"),
            action="denied",
            subject=sign_on,
            sentence=f"Was refused single sign-on of {sign_on.practice.slug}",
            reason=reason,
            now=now,
        )
