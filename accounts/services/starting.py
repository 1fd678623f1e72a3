"""The first people of a portal: who runs it names them, they set their own password."""

from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from accounts.models import Practice, StaffRole, User
from accounts.services.administrators import appoint_administrator
from accounts.services.joining import open_account
from accounts.services.passwords import ask_for_reset
from accounts.services.practices import make_practice
from accounts.services.staff import appoint_staff
from core.actor import Actor


@transaction.atomic
def start_practice(
    *, actor: Actor, name: str, slug: str, email: str, person: str, now: datetime
) -> Practice:
    """Open a practice with its Practice Administrator, who is mailed a link.

    Raises:
        NotUsable: the name, the slug or the address can't be used.
    """
    practice = make_practice(actor=actor, name=name, slug=slug, now=now)
    user = _somebody(actor, email, person, now)
    appoint_administrator(
        actor=actor, practice=practice, user=user, named=True, now=now
    )
    return practice


@transaction.atomic
def start_staff(
    *, actor: Actor, program: str, role: str, email: str, person: str, now: datetime
) -> StaffRole:
    """Let somebody work for a body; a new account is mailed a link.

    Raises:
        NotUsable: there is no such role, or the address can't be used.
        Refusal: they hold that role already.
    """
    user = _somebody(actor, email, person, now)
    return appoint_staff(actor=actor, user=user, program=program, role=role, now=now)


def _somebody(actor: Actor, email: str, person: str, now: datetime) -> User:
    known = User.objects.filter(email__iexact=email.strip()).first()
    if known:
        return known
    # Nobody knows this password; the mailed link sets the first one they do.
    user = open_account(
        actor=actor, email=email, name=person, password=token_urlsafe(48), now=now
    )
    ask_for_reset(email=user.email, now=now)
    return user
