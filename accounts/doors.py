"""What a door says of whoever came in: who they are, and what they can see."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils.module_loading import import_string

from accounts.models import (
    Administration,
    BodyToken,
    Member,
    Practice,
    StaffRole,
    Token,
    User,
)
from core.actor import Actor
from core.prepared import prepared
from core.scope import Scope

_UNREAD = "unread_notices"


@dataclass(frozen=True)
class Door:
    """Who came in, and what the database lets them see.

    `whole` says whether their session passed the second step that other people's
    records ask for; `unread` is how many notices they have not read, where the door's
    own look-up told.
    """

    actor: Actor
    user: User | None
    scope: Scope
    whole: bool = field(default=False, kw_only=True)
    unread: int | None = field(default=None, kw_only=True)


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
class FeedDoor(Door):
    """A body's learning system, by its token."""

    program: str


@dataclass(frozen=True)
class StaffDoor(PersonDoor):
    """A body's reviewer or manager."""

    program: str
    role: str


# Who comes to a body's feed.
Feeding = StaffDoor | FeedDoor


def actor_of(user: User | None, token: Token | None) -> Actor:
    """Name whoever asks, as the trail will."""
    if isinstance(token, BodyToken):
        maker_id = token.created_by_id
        return Actor(f"Token {token}", body_token_id=token.pk, maker_id=maker_id)
    if token is not None:
        return Actor(f"API token {token.name}", token_id=token.pk)
    if user is None:
        return Actor("A visitor")
    return Actor(user.name, user_id=user.pk)


def counting_unread(*, whole: bool) -> dict[str, Combinable]:
    """Count notices beside a row that names its user: it costs no statement more.

    accounts stands below what counts them, and is handed it. `whole` as in `Door`.
    """
    beside: Callable[..., Combinable] = import_string(settings.UNREAD)
    return {_UNREAD: beside(whole=whole)}


def unread_in(row: models.Model) -> int:
    """Read what `counting_unread` counted beside a row."""
    return int(getattr(row, _UNREAD))


# Who asks was read at sign-in; what leads to their member is all that is wanted here.
_OF_USER = ("user__password", "user__last_login", "user__email", "user__created_at")


@prepared
def administrations(
    user_id: UUID, slug: str, *, whole: bool
) -> QuerySet[Administration]:
    """One row at most: somebody's administration of a practice, as the door asks it."""
    return (
        Administration.objects.filter(
            practice__slug=slug, user=user_id, until_at=None, user__is_active=True
        )
        .annotate(**counting_unread(whole=whole))
        .select_related("practice", "user__member")
        .defer("named", "from_at", "until_at", *_OF_USER)
        .order_by("pk")[:1]
    )


@prepared
def roles_in(user_id: UUID, program: str, *, whole: bool) -> QuerySet[StaffRole]:
    """One row at most: what somebody is for a body today."""
    return (
        StaffRole.objects.filter(user=user_id, program=program, until_at=None)
        .annotate(**counting_unread(whole=whole))
        .order_by("pk")[:1]
    )


@prepared
def members_of(user_id: UUID, *, whole: bool) -> QuerySet[Member]:
    """One row at most: somebody's record as a credential holder."""
    found = Member.objects.filter(user=user_id)
    return found.annotate(**counting_unread(whole=whole)).order_by("pk")[:1]
