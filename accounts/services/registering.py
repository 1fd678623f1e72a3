"""The record of somebody whom a body registers: their own, or a new one."""

from django.db import IntegrityError, transaction

from accounts.models import Member, User
from accounts.services.values import unsaved_person
from core.scope import Scope, stepping_into


def register_person(*, first_name: str, last_name: str, email: str) -> Member:
    """Find or make the record and the account of an address, for a body's service.

    An account is found only where it bears the name that was typed; a new one has no
    password until its owner sets one by a mailed link. Where the address is somebody
    else's, or its account is closed, a record without an account is made, so that
    neither the answer nor the record tells whether it is known. A part of a service's
    transaction, which records the change itself.

    Raises:
        NotUsable: a name or the address can't be used.
    """
    person = unsaved_person(first_name, last_name, email)
    user = account_of(person.email) or _opened(person)
    own = record_of(user) if user else None
    if user and _same_name(own.name if own else user.name, person.name):
        if own:
            return own
        person.user = user
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        # The account's owner was faster, by an invitation that they accepted.
        own = record_of(person.user) if person.user else None
        if own is None:
            raise
        return own
    return person


def account_of(email: str) -> User | None:
    """Find who signs in with an address in lower case: for services, no page."""
    with stepping_into(Scope.entry()):
        user = User.objects.filter(email__iexact=email, is_active=True).first()
    # Databases fold more letters than mail servers do: it must be the same address.
    return user if user and user.email.lower() == email else None


def record_of(user: User) -> Member | None:
    """Find the record of an account, whichever body knows it, for a service."""
    with stepping_into(Scope.own(user.pk)):
        return Member.objects.filter(user=user.pk).first()


def _opened(person: Member) -> User | None:
    """Open an account for a new address; None where it is a closed one's."""
    user = User(email=person.email, name=person.name)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        # Somebody was faster, or it is closed.
        return account_of(person.email)
    return user


def _same_name(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
