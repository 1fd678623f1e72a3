"""What happened here that others react to (`config/reactions.py`)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import Member, Sponsorship
from core.actor import Actor


@dataclass(frozen=True)
class RenewalModeSwitched:
    """Somebody's next renewal comes about in another way; the row says in which."""

    sponsorship: Sponsorship
    actor: Actor
    now: datetime


@dataclass(frozen=True)
class RecordsJoined:
    """A practice's own record of somebody gives way to the one they have.

    Both are on the practice's list at that moment: `empty` as it was, the person by the
    sponsorship `new`. Whoever finds that it holds more refuses.
    """

    empty: Member
    new: Sponsorship
    actor: Actor
    today: date
    now: datetime


@dataclass(frozen=True)
class RecordsMerged:
    """What two records had with a body is in one hand now, or in two again.

    The rows that others own have moved already; whoever keeps rows beside them follows.
    The record that is kept stands first; `undone` says that the two are parted again.
    `today` is the day in that body's zone.
    """

    members: tuple[UUID, UUID]
    program: str
    actor: Actor
    today: date
    now: datetime
    undone: bool = False
