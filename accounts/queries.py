"""Reads of several tables at once: the people page, and what a link opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.core.paginator import Page, Paginator

from accounts.models import (
    Administration,
    Invitation,
    Member,
    Practice,
    SignOnLink,
    SingleSignOn,
    Sponsorship,
    User,
)
from accounts.rules import hash_of
from core.failures import Missing

PEOPLE_A_PAGE = 100
# For so long a practice reads beside a name that the person said no.
DECLINED_SHOWN = timedelta(days=30)


class AccountState(StrEnum):
    """Whether somebody can sign in."""

    ACTIVE = "active"
    SWITCHED_OFF = "switched_off"
    INVITED = "invited"
    EXPIRED = "expired"
    DECLINED = "declined"
    NONE = "none"


@dataclass(frozen=True)
class Person:
    """Somebody a practice works with: on its list, administering it, or invited."""

    name: str
    email: str
    role: str
    state: AccountState
    expires_at: datetime | None = None
    invited_at: datetime | None = None
    member_id: UUID | None = None
    invitation_id: UUID | None = None


@dataclass(frozen=True)
class PeoplePage:
    """One page of a practice's people; who is no member stands on the first."""

    people: list[Person]
    number: int
    pages: int
    members: int
    waiting: int


def open_invitation(token: str, *, now: datetime) -> Invitation | None:
    """Find what a link opens; None if it is unknown, used, replaced or expired.

    Whose record it is for is seen inside the link's own scope alone.
    """
    return (
        Invitation.objects.filter(
            token_hash=hash_of(token),
            accepted_at=None,
            replaced_at=None,
            expires_at__gt=now,
        )
        .select_related("practice")
        .first()
    )


def known_invitation(token: str) -> Invitation | None:
    """Find what a link opened once, whatever became of it; None if we never made it."""
    asked = Invitation.objects.filter(token_hash=hash_of(token))
    return asked.select_related("practice").first()


def asked_of(user: User, *, now: datetime) -> list[Invitation]:
    """List who asks somebody to join, the newest question first."""
    found = Invitation.objects.visible_to(user).open(now).select_related("practice")
    return list(found.order_by("-created_at"))


def sponsor_besides(user: User, invitation: Invitation) -> str:
    """Name who sponsors somebody in that program, other than who asks; or nobody."""
    held = Sponsorship.objects.open().filter(
        member__user=user, program=invitation.program
    )
    found = held.exclude(practice=invitation.practice).select_related("practice")
    former = found.first()
    return former.practice.name if former else ""


def open_sign_on(slug: str) -> SingleSignOn:
    """Find the single sign-on of a practice, where it is switched on.

    Raises:
        Missing: there is none: no such practice, nothing set, or it is off.
    """
    asked = SingleSignOn.objects.filter(practice__slug=slug, is_on=True)
    found = asked.select_related("practice").first()
    if found is None:
        raise Missing("Not found.")
    return found


def sign_on_links(practice: Practice) -> list[SignOnLink]:
    """List who is linked to the practice's provider, by name."""
    links = SignOnLink.objects.of(practice).select_related("user")
    return list(links.order_by("user__name", "pk"))


def has_account(email: str) -> bool:
    """Say whether somebody signs in with this address; for its owner's eyes only."""
    return User.objects.filter(email__iexact=email).exists()


def is_closed(email: str) -> bool:
    """Say whether an address's account was closed; for its owner's eyes only."""
    return User.objects.filter(email__iexact=email, is_active=False).exists()


def people_of(practice: Practice, *, page: str, now: datetime) -> PeoplePage:
    """List a practice's people with the state of their account."""
    members = Member.objects.of(practice).select_related("user")
    paged: Page[Member] = Paginator(members, PEOPLE_A_PAGE).get_page(page)
    roles = _roles(practice)
    listed = list(paged.object_list)
    pending = Invitation.objects.of(practice).filter(accepted_at=None, replaced_at=None)
    shown = pending | Invitation.objects.of(practice).filter(
        declined_at__gt=now - DECLINED_SHOWN
    )
    # The newest is the last one, and what is open is newer than what was declined.
    invited = {
        invitation.member_id: invitation
        for invitation in shown.filter(member__in=listed).order_by("created_at")
    }
    people = [_member(member, roles, invited.get(member.pk), now) for member in listed]
    by_name = shown.filter(member=None).order_by("last_name", "first_name")
    newest = {each.email: each for each in by_name.order_by("created_at")}
    waiting = [each for each in by_name if newest[each.email] == each]
    if paged.number == 1:
        people = [*_others(practice, roles), *_invited(waiting, now), *people]
    return PeoplePage(
        people=people,
        number=paged.number,
        pages=paged.paginator.num_pages,
        members=paged.paginator.count,
        waiting=pending.count(),
    )


def named_administration(practice: Practice) -> Administration | None:
    """Find who is a practice's Practice Administrator today."""
    held = Administration.objects.filter(practice=practice, named=True, until_at=None)
    return held.select_related("user").first()


def program_of(member: Member, practice: Practice) -> str:
    """Name a program in which the practice sponsors the member today."""
    return (
        member.sponsorships.filter(practice=practice, until_on=None)
        .order_by("from_on")
        .values_list("program", flat=True)[0]
    )


def main_program(practice: Practice) -> str:
    """Name the program the practice sponsored somebody for last; empty if none."""
    programs = practice.sponsorships.order_by("from_on").values_list(
        "program", flat=True
    )
    return programs.last() or ""


def _roles(practice: Practice) -> dict[UUID, tuple[User, str]]:
    held = Administration.objects.filter(
        practice=practice, until_at=None
    ).select_related("user")
    return {
        row.user.pk: (
            row.user,
            "Practice Administrator" if row.named else "Administrator",
        )
        for row in held.order_by("-named", "user__name")
    }


def _others(
    practice: Practice, roles: dict[UUID, tuple[User, str]]
) -> Iterable[Person]:
    members = Member.objects.of(practice).filter(user__in=list(roles))
    on_the_list = set(members.values_list("user_id", flat=True))
    for user, role in roles.values():
        if user.pk not in on_the_list:
            yield Person(user.name, user.email, role, _state(user))


def _invited(waiting: Iterable[Invitation], now: datetime) -> Iterable[Person]:
    for invitation in waiting:
        yield Person(
            name=f"{invitation.first_name} {invitation.last_name}",
            email=invitation.email,
            role="Invited",
            state=_link_state(invitation, now),
            expires_at=None if invitation.declined_at else invitation.expires_at,
            invited_at=invitation.created_at,
            invitation_id=None if invitation.declined_at else invitation.pk,
        )


def _member(
    member: Member,
    roles: dict[UUID, tuple[User, str]],
    invitation: Invitation | None,
    now: datetime,
) -> Person:
    user = member.user
    role = f"Member, {roles[user.pk][1]}" if user and user.pk in roles else "Member"
    if user:
        return Person(member.name, user.email, role, _state(user), member_id=member.pk)
    waits = invitation if invitation and not invitation.declined_at else None
    return Person(
        name=member.name,
        email=waits.email if waits else member.email,
        role=role,
        state=_link_state(invitation, now) if invitation else AccountState.NONE,
        expires_at=waits.expires_at if waits else None,
        invited_at=waits.created_at if waits else None,
        member_id=member.pk,
        invitation_id=waits.pk if waits else None,
    )


def _state(user: User) -> AccountState:
    return AccountState.ACTIVE if user.is_active else AccountState.SWITCHED_OFF


def _link_state(invitation: Invitation, now: datetime) -> AccountState:
    if invitation.declined_at:
        return AccountState.DECLINED
    fresh = invitation.expires_at > now
    return AccountState.INVITED if fresh else AccountState.EXPIRED


def sponsor_of(member: Member, program: str) -> UUID | None:
    """Find the practice that stands for a member in a program today, if any."""
    return (
        member.sponsorships.filter(program=program, until_on=None)
        .values_list("practice_id", flat=True)
        .first()
    )
