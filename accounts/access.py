"""The only doors: who may come in, as what, seeing which rows.

Every page and REST route names one `Permission`. `open_door` checks it and returns a
door that says who came in; a stranger gets the answer of a thing that does not exist
(404), the wrong role 403, somebody not signed in is asked to.
"""

from dataclasses import dataclass
from enum import StrEnum

import structlog

from accounts.answers import (
    NOTHING_SHOWN,
    ConfirmFirst,
    SecondFactorFirst,
    Shown,
    SignInFirst,
    WrongRole,
)
from accounts.doors import Door as Door
from accounts.doors import FeedDoor as FeedDoor
from accounts.doors import Feeding as Feeding
from accounts.doors import OwnDoor as OwnDoor
from accounts.doors import PersonDoor as PersonDoor
from accounts.doors import PracticeDoor as PracticeDoor
from accounts.doors import StaffDoor as StaffDoor
from accounts.doors import actor_of as actor_of
from accounts.doors import administrations, members_of, roles_in, unread_in
from accounts.models import (
    Administration,
    ApiToken,
    BodyToken,
    Practice,
    StaffRole,
    Token,
    User,
)
from accounts.own_record import OWN_RECORD as OWN_RECORD
from accounts.own_record import is_own_record as is_own_record
from accounts.own_record import refuse_own_record as refuse_own_record
from accounts.rules import FEED_READ, FEED_SCOPES, FEED_WRITE
from core.failures import Missing
from core.scope import Scope, scoped


class Kind(StrEnum):
    """Whose rows a door opens on."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    OWN = "own"
    PRACTICE = "practice"
    STAFF = "staff"


# Whose doors open on other people's rows.
PRIVILEGED = frozenset({Kind.PRACTICE, Kind.STAFF})


@dataclass(frozen=True)
class Permission:
    """A named right.

    Args:
        name: unique, dotted.
        kind: whose rows the door opens on.
        manager: for staff, whether a reviewer is not enough.
        entry: for what is public, whether accounts, tokens or links are looked up.
        needs: the scope a token needs, of a practice's or of a body's; empty: no token
            comes in.
    """

    name: str
    kind: Kind
    manager: bool = False
    needs: str = ""
    entry: bool = False


PUBLIC = Permission("public", Kind.PUBLIC)
ENTRY = Permission("public.entry", Kind.PUBLIC, entry=True)
SIGNED_IN = Permission("signed_in", Kind.SIGNED_IN)
OWN = Permission("own", Kind.OWN)
PRACTICE_SEE = Permission("practice.see", Kind.PRACTICE)
PRACTICE_ASSIGN = Permission("practice.assign", Kind.PRACTICE)
PRACTICE_PEOPLE = Permission("practice.people", Kind.PRACTICE)
PRACTICE_TOKENS = Permission("practice.tokens", Kind.PRACTICE)
PRACTICE_ACTIVITY = Permission("practice.activity", Kind.PRACTICE)
PRACTICE_MONEY = Permission("practice.money", Kind.PRACTICE)
PRACTICE_DOCUMENTS = Permission("practice.documents", Kind.PRACTICE)
PRACTICE_SIGN_ON = Permission("practice.sign_on", Kind.PRACTICE)
PRACTICE_HAND_OVER = Permission("practice.hand_over", Kind.PRACTICE)
API_MEMBERS = Permission("api.members", Kind.PRACTICE, needs="members:read")
API_MEMBERS_WRITE = Permission(
    "api.members_write", Kind.PRACTICE, needs="members:write"
)
API_SEATS = Permission("api.seats", Kind.PRACTICE, needs="assignments:read")
API_ASSIGNMENTS = Permission("api.assignments", Kind.PRACTICE, needs="assignments:read")
API_ASSIGN = Permission("api.assign", Kind.PRACTICE, needs="assignments:write")
API_ORDERS = Permission("api.orders", Kind.PRACTICE, needs="orders:read")
API_ORDER = Permission("api.order", Kind.PRACTICE, needs="orders:write")
API_CE = Permission("api.ce", Kind.PRACTICE, needs="ce:read")
API_CE_RECORD = Permission("api.ce_record", Kind.PRACTICE, needs="ce:write")
API_CERTIFICATES = Permission(
    "api.certificates", Kind.PRACTICE, needs="certificates:read"
)
API_EXPORTS = Permission("api.exports", Kind.PRACTICE, needs="exports:read")
API_IMPORT = Permission("api.import", Kind.PRACTICE, needs="members:write")
API_DOCUMENTS = Permission("api.documents", Kind.PRACTICE, needs="documents:read")
API_FILE_DOCUMENTS = Permission(
    "api.file_documents", Kind.PRACTICE, needs="documents:write"
)
STAFF_SEE = Permission("staff.see", Kind.STAFF)
STAFF_ACTIVITY = Permission("staff.activity", Kind.STAFF)
STAFF_STANDING = Permission("staff.standing", Kind.STAFF, manager=True)
STAFF_RECORD_CE = Permission("staff.record_ce", Kind.STAFF)
STAFF_FEED = Permission("staff.feed", Kind.STAFF, needs=FEED_READ)
STAFF_FEED_SEND = Permission("staff.feed_send", Kind.STAFF, needs=FEED_WRITE)
STAFF_TOKENS = Permission("staff.tokens", Kind.STAFF, manager=True)
STAFF_ANSWER = Permission("staff.answer", Kind.STAFF)
STAFF_DECIDE = Permission("staff.decide", Kind.STAFF)
STAFF_CATALOGUE = Permission("staff.catalogue", Kind.STAFF, manager=True)
STAFF_WAIVE = Permission("staff.waive", Kind.STAFF, manager=True)
STAFF_REVOKE = Permission("staff.revoke", Kind.STAFF, manager=True)
STAFF_CERTIFY = Permission("staff.certify", Kind.STAFF, manager=True)
STAFF_APPLICATIONS = Permission("staff.applications", Kind.STAFF, manager=True)
STAFF_APPROVALS = Permission("staff.approvals", Kind.STAFF, manager=True)
STAFF_AUDITS = Permission("staff.audits", Kind.STAFF, manager=True)
STAFF_MERGE = Permission("staff.merge", Kind.STAFF, manager=True)
STAFF_SEATS = Permission("staff.seats", Kind.STAFF, manager=True)
STAFF_RETRY = Permission("staff.retry", Kind.STAFF, manager=True)
STAFF_DOCUMENTS = Permission("staff.documents", Kind.STAFF, manager=True)
STAFF_MONEY_SEE = Permission("staff.money_see", Kind.STAFF)
STAFF_MONEY = Permission("staff.money", Kind.STAFF, manager=True)


def open_door(
    permission: Permission,
    *,
    user: User | None,
    token: Token | None = None,
    practice_slug: str = "",
    program: str = "",
    shown: Shown = NOTHING_SHOWN,
    fresh: bool = False,
) -> Door:
    """Let somebody in, or say why not.

    Args:
        permission: the right that the page or REST route names.
        user: who is signed in.
        token: the REST client's token, instead of a person.
        practice_slug: the practice in the address.
        program: the body in the address.
        shown: what this session was opened with. A role that opens other people's
            rows needs a second factor; a token was made by somebody who had one.
        fresh: whether a sign-in of the last minutes is needed.

    Raises:
        SignInFirst: nobody is signed in and the door isn't public.
        Missing: there is no such practice, body or record for this person.
        WrongRole: they belong here, but in another role.
        SecondFactorFirst: their role needs a second factor in this session.
        ConfirmFirst: the sign-in is too long ago for this.
    """
    door = _door(permission, user, token, practice_slug, program, shown)
    if permission.kind in PRIVILEGED and token is None and not shown.second_factor:
        raise SecondFactorFirst
    if fresh and token is None and not shown.fresh:
        raise ConfirmFirst
    return door


def holds_a_role(user: User) -> bool:
    """Say whether somebody works for a body or administers a practice today."""
    return (
        StaffRole.objects.filter(user=user, until_at=None).exists()
        or Administration.objects.filter(user=user, until_at=None).exists()
    )


def _door(
    permission: Permission,
    user: User | None,
    token: Token | None,
    practice_slug: str,
    program: str,
    shown: Shown,
) -> Door:
    whole = shown.second_factor
    if permission.kind is Kind.PUBLIC:
        scope = Scope.entry() if permission.entry else Scope.public()
        return Door(actor_of(user, token), user, scope, whole=whole)
    if isinstance(token, BodyToken):
        return _feed_door(permission, token, program)
    if isinstance(token, ApiToken):
        return _token_door(permission, token, practice_slug)
    if user is None:
        raise SignInFirst
    # What somebody may do is looked up among what is theirs.
    with scoped(Scope.own(user.pk)):
        return _person_door(
            permission, user, practice_slug, program, whole=shown.second_factor
        )


def _person_door(
    permission: Permission, user: User, slug: str, program: str, *, whole: bool
) -> PersonDoor | PracticeDoor:
    actor, scope = actor_of(user, None), Scope.own(user.pk)
    if permission.kind is Kind.PRACTICE:
        held = practice_for(user, slug, whole=whole)
        member = getattr(held.user, "member", None)
        within = Scope.practice(held.practice.pk)
        return PracticeDoor(
            actor,
            user,
            within,
            held.practice,
            member,
            whole=whole,
            unread=unread_in(held),
        )
    if permission.kind is Kind.OWN:
        mine = members_of(user.pk, whole=whole)
        if not mine:
            raise WrongRole
        member = mine[0]
        # The address names nobody, and the log is to say whose rows were asked for.
        structlog.contextvars.bind_contextvars(tenant=f"member:{member.pk}")
        return OwnDoor(
            actor, user, scope, user, member, whole=whole, unread=unread_in(member)
        )
    if permission.kind is Kind.STAFF:
        return _staff_door(permission, user, program, whole=whole)
    return PersonDoor(actor, user, scope, user, whole=whole)


def _token_door(permission: Permission, token: ApiToken, slug: str) -> PracticeDoor:
    if permission.kind is not Kind.PRACTICE:
        raise WrongRole
    if token.practice.slug != slug:
        raise Missing("Not found.")
    if not permission.needs or permission.needs not in token.scopes:
        raise WrongRole
    scope = Scope.practice(token.practice.pk)
    return PracticeDoor(actor_of(None, token), None, scope, token.practice)


def _feed_door(permission: Permission, token: BodyToken, program: str) -> FeedDoor:
    if permission.kind is not Kind.STAFF:
        raise WrongRole
    if token.program != program:
        raise Missing("Not found.")
    if permission.needs not in FEED_SCOPES:
        raise WrongRole
    return FeedDoor(actor_of(None, token), None, Scope.staff(program), program)


def practice_for(user: User, slug: str, *, whole: bool) -> Administration:
    """Find the administration of a practice that the person holds.

    Beside it stands how many notices they have not read; `whole` as in `Door`.

    Raises:
        Missing: there is no such practice for them.
        WrongRole: the practice sponsors them, but they don't administer it.
    """
    held = administrations(user.pk, slug, whole=whole)
    if held:
        return held[0]
    sponsored = Practice.objects.filter(
        slug=slug, sponsorships__member__user=user, sponsorships__until_on=None
    )
    if sponsored.exists():
        raise WrongRole
    raise Missing("Not found.")


def _staff_door(
    permission: Permission, user: User, program: str, *, whole: bool
) -> StaffDoor:
    held = roles_in(user.pk, program, whole=whole)
    if not held:
        raise Missing("Not found.")
    role = held[0]
    if permission.manager and role.role != StaffRole.Role.MANAGER:
        raise WrongRole
    actor = actor_of(user, None)
    return StaffDoor(
        actor,
        user,
        Scope.staff(program),
        user,
        program,
        role.role,
        whole=whole,
        unread=unread_in(role),
    )
