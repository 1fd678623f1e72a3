"""Nobody decides for a body on their own record."""

from uuid import UUID

from accounts.models import Member
from core.actor import Actor
from core.failures import NotEligible

OWN_RECORD = "This is your own record. Another member of staff has to decide on it."


def refuse_own_record(actor: Actor, member: Member) -> None:
    """Let nobody decide for a body on their own record, whatever their role.

    Whoever made a body's token knows what opens it: it gives them nothing either.

    Raises:
        NotEligible: the record is the actor's own.
    """
    if is_own_record(actor.user_id or actor.maker_id, member):
        raise NotEligible(OWN_RECORD)


def is_own_record(user_id: UUID | None, member: Member) -> bool:
    """Say whether a record is that of the person who looks at it."""
    return user_id is not None and member.user_id == user_id
