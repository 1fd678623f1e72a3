"""What somebody opts into, and how a click ends it."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from core.actor import Actor
from core.audit import record
from notifications.models import Subscription

Kind = Subscription.Kind


@transaction.atomic
def choose(
    *, actor: Actor, user: User, kind: str, on: bool, today: date, now: datetime
) -> None:
    """Switch a kind of mail on or off for a person; as it was is nothing new.

    Args:
        kind: one of `Subscription.Kind`.
        today: the day it is; what is asked for begins after it.

    Raises:
        ValueError: there is no such kind.
    """
    kind = Kind(kind)
    User.objects.select_for_update().get(pk=user.pk)
    held = Subscription.objects.visible_to(user).filter(kind=kind).first()
    if on == (held.on if held else kind in Subscription.FROM_THE_START):
        return
    held = held or Subscription(user=user, kind=kind)
    held.on, held.changed_at, held.from_on = on, now, today
    held.save()
    _tell(actor, held, now)


def preference_of(*, user: User, kind: str, today: date, now: datetime) -> Subscription:
    """Find a person's row of a kind that is sent from the start, for its link to name.

    Where they never chose there is none yet: it is made, as it was without one.
    """
    return Subscription.objects.get_or_create(
        user=user,
        kind=Kind(kind),
        defaults={"on": True, "from_on": today, "changed_at": now},
    )[0]


@transaction.atomic
def stop(*, actor: Actor, subscription: Subscription, now: datetime) -> bool:
    """End what somebody opted into, by the link they were mailed; again is harmless.

    Returns whether it was on.
    """
    changed = Subscription.objects.filter(pk=subscription.pk, on=True).update(
        on=False, changed_at=now
    )
    if changed:
        subscription.on = False
        _tell(actor, subscription, now)
    return bool(changed)


def _tell(actor: Actor, held: Subscription, now: datetime) -> None:
    label = held.get_kind_display().lower()
    record(
        actor=actor,
        action="subscription.started" if held.on else "subscription.ended",
        subject=held,
        sentence=f"Asked for the {label}" if held.on else f"Ended the {label}",
        changes={"on": (not held.on, held.on)},
        now=now,
    )
