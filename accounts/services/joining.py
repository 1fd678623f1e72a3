"""Accepting an invitation: an account where there is none, and a place on the list."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Invitation, Member, User
from accounts.services.coming_over import Held, come_over, hold
from accounts.services.members import open_sponsorship
from accounts.services.sessions import end_sessions
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, Missing, NotUsable, Refusal


@transaction.atomic
def decline(*, invitation: Invitation, now: datetime) -> None:
    """Note that the person doesn't want to join; the link stops working.

    Whoever holds the link, or signs in with its address, may: nobody learns from it
    whether there is an account.

    Raises:
        Missing: the invitation was used, replaced, declined or has expired.
    """
    ended = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, replaced_at=None, expires_at__gt=now
    ).update(replaced_at=now, declined_at=now)
    if not ended:
        raise Missing("Not found.")
    name = f"{invitation.first_name} {invitation.last_name}"
    record(
        actor=Actor(name),
        action="invitation.declined",
        subject=invitation,
        practice_id=invitation.practice_id,
        member_id=invitation.member_id,
        program=invitation.program,
        sentence=f"{name} did not accept the invitation",
        changes={"declined_at": (None, now)},
        now=now,
    )


@transaction.atomic
def accept_with_password(
    *, invitation: Invitation, password: str, today: date, now: datetime
) -> User:
    """Make the account that an invitation offers, and put the person on the list.

    The link reached the address, so the address counts as theirs.

    Args:
        today: the day in the body's zone from which the practice stands for them.

    Raises:
        NotUsable: the password is too short, too common or too like the address.
        Missing: the invitation was used, replaced or has expired.
        Refusal: the address has an account by now, or the list can't take them.
    """
    name = f"{invitation.first_name} {invitation.last_name}"
    user = User(email=invitation.email, name=name)
    _check_password(password, user)
    _use_up(invitation, now)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        text = "This address has an account by now. Sign in with it, then accept."
        raise Refusal(text) from error
    _verified(user)
    _join(invitation, user, None, today, now)
    return user


@transaction.atomic
def open_account(
    *, actor: Actor, email: str, name: str, password: str, now: datetime
) -> User:
    """Make an account without an invitation, for commands of whoever runs the portal.

    Raises:
        NotUsable: the password can't be used, or the address has an account.
    """
    user = User(email=email.strip().lower(), name=name)
    _check_password(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        text = "This address has an account already."
        raise NotUsable(text, [FieldProblem("email", text, "taken")]) from error
    _verified(user)
    record(
        actor=actor,
        action="account.opened",
        subject=user,
        sentence=f"Opened an account for {name}",
        now=now,
    )
    return user


@transaction.atomic
def accept_as(
    *, invitation: Invitation, user: User, today: date, keep: str = "", now: datetime
) -> Member:
    """Put somebody who has an account on the list, now that they agreed.

    Whoever sponsored them in that program does no longer (0022).
    Their other sessions end: the provider of a practice they were with may have opened
    one, and has nothing to do with what the new practice stands for.

    Args:
        today: the day in the body's zone from which the practice stands for them.
        keep: the session in which they agreed, which goes on.

    Raises:
        Missing: the invitation was used, replaced or has expired, or is another's.
        Stale: another answer of theirs was faster.
        Refusal: what the practice keeps for them can't be brought to their record.
    """
    if user.email.lower() != invitation.email:
        raise Missing("Not found.")
    own = Member.objects.filter(user=user).first()
    held = hold(invitation, own) if own else None
    _use_up(invitation, now)
    member = _join(invitation, user, held, today, now)
    end_sessions(user=user, keep=keep)
    return member


def _use_up(invitation: Invitation, now: datetime) -> None:
    # One conditional statement: of two presses, in two tabs, one finds it unused.
    used = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, replaced_at=None, expires_at__gt=now
    ).update(accepted_at=now)
    if not used:
        raise Missing("Not found.")


def _join(
    invitation: Invitation, user: User, held: Held | None, today: date, now: datetime
) -> Member:
    practice, program = invitation.practice, invitation.program
    actor = Actor(user.name, user_id=user.pk)
    if held:
        member = Member.objects.get(user=user)
        come_over(
            held,
            invitation=invitation,
            own=member,
            actor=actor,
            today=today,
            now=now,
        )
    else:
        member = _first_record(invitation, user)
        here = member.sponsorships.open().filter(practice=practice, program=program)
        if not here.exists():
            open_sponsorship(practice, member, program, today)
    record(
        actor=actor,
        action="invitation.accepted",
        subject=invitation,
        practice_id=practice.pk,
        member_id=member.pk,
        program=program,
        sentence=f"{member.name} accepted the invitation",
        changes={"accepted_at": (None, now)},
        now=now,
    )
    return member


def _first_record(invitation: Invitation, user: User) -> Member:
    """Make the person's one record on the registry, or give them the practice's own."""
    listed = invitation.member
    if listed is None:
        return Member.objects.create(
            user=user,
            first_name=invitation.first_name,
            last_name=invitation.last_name,
            email=user.email,
        )
    mine = Member.objects.filter(pk=listed.pk, user=None, joined_to=None)
    if mine.update(user=user):
        return listed
    raise Refusal(
        f"{invitation.practice.name} keeps a record for you that is somebody else's by "
        "now. Ask the practice to invite you anew."
    )


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        problems = [FieldProblem("password", text) for text in error.messages]
        raise NotUsable(problems[0].text, problems) from error


def _verified(user: User) -> None:
    EmailAddress.objects.create(
        user=user, email=user.email, primary=True, verified=True
    )
