"""Who runs a practice (A13): at least one administrator, exactly one of them named."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import Administration, Practice, User
from core.actor import Actor
from core.audit import record
from core.failures import Refusal


@transaction.atomic
def appoint_administrator(
    *, actor: Actor, practice: Practice, user: User, named: bool, now: datetime
) -> Administration:
    """Let somebody administer a practice, as its Practice Administrator or beside it.

    Raises:
        Refusal: they administer it already, the name is held by another, or the
            first administrator isn't to be the named one.
    """
    held = Administration.objects.filter(practice=practice, until_at=None)
    if not named and not held.filter(named=True).exists():
        raise Refusal(
            f"{practice.name} has no Practice Administrator yet. "
            "Appoint that one first."
        )
    try:
        with transaction.atomic():
            administration = Administration.objects.create(
                practice=practice, user=user, named=named, from_at=now
            )
    except IntegrityError as error:
        if held.filter(user=user).exists():
            text = f"{user.name} administers {practice.name} already."
        else:
            text = f"{practice.name} has a Practice Administrator. Hand over instead."
        raise Refusal(text) from error
    title = "Practice Administrator" if named else "an administrator"
    record(
        actor=actor,
        action="administrator.appointed",
        subject=administration,
        practice_id=practice.pk,
        sentence=f"Made {user.name} {title}",
        now=now,
    )
    return administration


@transaction.atomic
def end_administration(
    *, actor: Actor, administration: Administration, reason: str, now: datetime
) -> None:
    """End somebody's role in a practice, from the next request on.

    Raises:
        Refusal: they are the Practice Administrator, or the role has ended already.
    """
    name, practice = administration.user.name, administration.practice
    ended = Administration.objects.filter(
        pk=administration.pk, until_at=None, named=False
    ).update(until_at=now)
    if not ended:
        administration.refresh_from_db()
        if administration.until_at is None:
            raise Refusal(f"{name} is the Practice Administrator. Hand over first.")
        raise Refusal(f"{name} no longer administers {practice.name}.")
    record(
        actor=actor,
        action="administrator.ended",
        subject=administration,
        practice_id=practice.pk,
        sentence=f"Ended {name}'s role as an administrator",
        changes={"until_at": (None, now)},
        reason=reason.strip(),
        now=now,
    )
