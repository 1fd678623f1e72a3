"""Holding the trails that a member's terms are written to, before the first entry."""

from collections.abc import Iterable
from uuid import UUID

from core.audit import hold_chains
from credentials.models import Window
from credentials.policy import cycle_programs


def hold_trails(
    *, member_ids: Iterable[UUID], program: str, practice_id: UUID | None
) -> None:
    """Hold the trail of a practice, and of all whose terms the members have.

    What changes for a term may free a certificate of an earlier one, which another
    practice paid for: its entry is in that one's trail. Certificates are locked after
    the trails. So whoever comes to them holds all trails first, in one order.

    Args:
        member_ids: whose terms.
        program: the body's.
        practice_id: whose trail is written to in any case; None is the body's.
    """
    terms = Window.objects.filter(member__in=list(member_ids), program=program)
    paid = terms.values_list("practice_id", flat=True)
    # What a body of cycles issues is on no practice's account: its own trail has it.
    own = {None} if program in cycle_programs() else set()
    hold_chains(practice_ids={practice_id, *paid, *own}, program=program)
