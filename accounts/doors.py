"""What a door says of whoever came in: who they are, and what they can see."""

from dataclasses import dataclass

from accounts.models import Member, Practice, User
from core.actor import Actor
from core.scope import Scope


@dataclass(frozen=True)
class Door:
    """Who came in, and what the database lets them see."""

    actor: Actor
    user: User | None
    scope: Scope


@dataclass(frozen=True)
class PersonDoor(Door):
    """A signed-in person."""

    person: User


@dataclass(frozen=True)
class OwnDoor(PersonDoor):
    """A person among their own rows; `member` is their place on the registry."""

    member: Member


@dataclass(frozen=True)
class PracticeDoor(Door):
    """An administrator, or a REST client, in one practice.

    `member` is the administrator's own place on the registry, where they have one.
    """

    practice: Practice
    member: Member | None = None


@dataclass(frozen=True)
class StaffDoor(PersonDoor):
    """A body's reviewer or manager."""

    program: str
    role: str
