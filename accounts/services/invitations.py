"""Inviting a person to an account: a one-use link by mail."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import Invitation, Member, Practice
from accounts.models.entry import InvitationQuerySet
from accounts.rules import hash_of
from accounts.services.values import instant_words, unsaved_person
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, Missing, NotUsable, Refusal
from core.outbox import tell
from core.words import day_words

# A second press of the button, not a second thought.
DOUBLE_CLICK = timedelta(seconds=10)
# Who said no is left alone for so long.
ASK_AGAIN_AFTER = timedelta(days=7)


@transaction.atomic
def invite(
    *,
    actor: Actor,
    practice: Practice,
    program: str,
    first_name: str,
    last_name: str,
    email: str,
    member: Member | None = None,
    now: datetime,
) -> Invitation:
    """Mail somebody a link to an account, and to the practice's list.

    The answer is the same whether or not the address is known elsewhere. Inviting the
    same address again ends the former link. Somebody on the practice's list already is
    found by their address.

    Args:
        member: the person on the practice's list who is to get an account.

    Raises:
        NotUsable: a name or the address can't be used.
        Missing: the member isn't on the practice's list.
        Refusal: they are on the list and have an account, or said no days ago.
    """
    person = unsaved_person(first_name, last_name, email)
    listed = Member.objects.of(practice)
    if member and not listed.filter(pk=member.pk).exists():
        raise Missing("Not found.")
    member = member or listed.filter(email__iexact=person.email).first()
    if member and member.user_id and _sponsored(practice, program, member):
        raise Refusal(f"{member.name} is on your list and has an account.")
    draft = Invitation(
        practice=practice,
        program=program,
        member=member,
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
    )
    _check_not_declined(draft, now)
    just_sent = _open(draft).filter(
        created_at__gt=now - DOUBLE_CLICK,
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
    )
    return just_sent.first() or _send(actor, draft, now)


@transaction.atomic
def send_again(*, actor: Actor, invitation: Invitation, now: datetime) -> Invitation:
    """Mail a new link in place of the former one, which stops working.

    Pressing twice sends one mail: the second press gives back what the first sent.

    Raises:
        Refusal: it was accepted, or ended.
    """
    newest = _open(invitation).first()
    if newest is None:
        raise Refusal(f"{invitation.email} has answered, or is no longer invited.")
    if newest.pk != invitation.pk:
        return newest
    draft = Invitation(
        practice=newest.practice,
        program=newest.program,
        member=newest.member,
        email=newest.email,
        first_name=newest.first_name,
        last_name=newest.last_name,
    )
    return _send(actor, draft, now)


@transaction.atomic
def ask_again(*, actor: Actor, invitation: Invitation, now: datetime) -> None:
    """Mail a new link in place of an expired or replaced one, to the same address.

    Says nothing: one already used, and one that still works are left as they are.
    """
    newest = _open(invitation).first()
    if newest and (newest != invitation or newest.expires_at <= now):
        send_again(actor=actor, invitation=newest, now=now)


def _send(actor: Actor, draft: Invitation, now: datetime) -> Invitation:
    """Save a draft in place of whatever was open, and queue its mail."""
    token = token_urlsafe(32)
    draft.token_hash = hash_of(token)
    draft.created_at = now
    draft.expires_at = now + settings.INVITATION_LIFETIME
    again = _open(draft).update(replaced_at=now)
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        # Somebody else pressed at the same moment; theirs is the one.
        return _open(draft).get(email=draft.email)
    path = reverse("accept_invitation", kwargs={"token": token})
    tell(
        kind="invite",
        subject_id=draft.pk,
        recipient=draft.email,
        practice_id=draft.practice_id,
        payload={
            "practice": draft.practice.name,
            "name": f"{draft.first_name} {draft.last_name}",
            "url": f"{settings.BASE_URL}{path}",
            "date_text": instant_words(draft.expires_at),
        },
        now=now,
    )
    record(
        actor=actor,
        action="member.invited_again" if again else "member.invited",
        subject=draft,
        practice_id=draft.practice_id,
        member_id=draft.member_id,
        program=draft.program,
        sentence=f"Invited {draft.first_name} {draft.last_name}"
        + (" again" if again else ""),
        changes={"email": (None, draft.email)},
        now=now,
    )
    return draft


def _open(invitation: Invitation) -> InvitationQuerySet:
    """What stands open for the same address, or for the same member, at a practice."""
    same = Q(email=invitation.email)
    if invitation.member_id:
        same |= Q(member=invitation.member_id)
    return Invitation.objects.of(invitation.practice).filter(
        same, program=invitation.program, accepted_at=None, replaced_at=None
    )


def declined_lately(
    practice: Practice, program: str, emails: Iterable[str], now: datetime
) -> InvitationQuerySet:
    """Find the answers that are no, of these addresses, and too young to ask again."""
    return Invitation.objects.of(practice).filter(
        program=program,
        email__in=list(emails),
        declined_at__gt=now - ASK_AGAIN_AFTER,
    )


def _check_not_declined(draft: Invitation, now: datetime) -> None:
    found = declined_lately(draft.practice, draft.program, [draft.email], now)
    latest = found.order_by("-declined_at").first()
    if latest is None or latest.declined_at is None:
        return
    on, again = latest.declined_at, latest.declined_at + ASK_AGAIN_AFTER
    text = (
        f"{draft.email} did not accept your invitation on {day_words(on.date())}. "
        f"You can invite them again from {day_words(again.date())} on."
    )
    raise NotUsable(text, [FieldProblem("email", text, "declined")])


def _sponsored(practice: Practice, program: str, member: Member) -> bool:
    return (
        member.sponsorships.filter(practice=practice, program=program, until_on=None)
    ).exists()
