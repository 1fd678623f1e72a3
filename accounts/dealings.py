"""Nobody deals for a body with themselves: neither as who pays, nor for their practice.

Like `accounts.access.refuse_own_record`, for what is ordered, paid and granted. Whoever
administers a practice, or did since something was ordered, has others of the body's
staff act upon it.
"""

from datetime import datetime

from django.db.models import Q

from accounts.models import Administration, Member, Practice
from core.actor import Actor
from core.problems import Forbidden
from core.scope import Scope, stepping_into

ANOTHER = "Another member of staff has to do this."


def refuse_own_dealing(
    actor: Actor, payer: Practice | Member, *, since: datetime | None = None
) -> None:
    """Let nobody act for a body on what they or their practice pay or are granted.

    Args:
        actor: who acts for the body; what is no person has no practice.
        payer: whose it is.
        since: when it began; who administers now is refused in any case.

    Raises:
        Forbidden: it is the actor's own, or their practice's.
    """
    if words := own_dealing(actor, payer, since=since):
        raise Forbidden(words)


def own_dealing(
    actor: Actor, payer: Practice | Member, *, since: datetime | None = None
) -> str:
    """Say why somebody may not act for a body here; empty where they may."""
    if actor.user_id is None:
        return ""
    if isinstance(payer, Member):
        own = payer.user_id == actor.user_id
        return f"This is your own order. {ANOTHER}" if own else ""
    # A body's scope shows who administers only where it stands for somebody there.
    with stepping_into(Scope.own(actor.user_id)):
        held = Administration.objects.filter(user=actor.user_id, practice=payer.pk)
        if held.filter(until_at=None).exists():
            return f"You administer {payer.name}. {ANOTHER}"
        later = Q(until_at__gte=since) if since else Q(pk=None)
        if held.filter(later).exists():
            return f"You administered {payer.name} when this was open. {ANOTHER}"
    return ""
