"""Who stands on a practice's list: adding a person, and ending a sponsorship."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.events import RenewalModeSwitched
from accounts.models import Invitation, Member, Practice, Sponsorship
from accounts.services.sessions import end_sessions
from accounts.services.values import unsaved_person
from core.actor import Actor
from core.audit import record
from core.events import publish
from core.failures import FieldProblem, NotUsable, Refusal


class AlreadySponsored(Refusal):
    """A member has one practice a program at most, and has one already."""


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    practice: Practice,
    program: str,
    first_name: str,
    last_name: str,
    email: str,
    renewal_mode: str,
    today: date,
    now: datetime,
) -> Member:
    """Put a person on the registry and on the practice's list for one program.

    Args:
        renewal_mode: a `Sponsorship.Mode`: how the next renewal comes about (A11).
        today: the day in the body's zone from which the practice stands for them (X3).

    Raises:
        NotUsable: a name, the address or the mode can't be used, or somebody on the
            practice's list has that address.
    """
    member = unsaved_person(first_name, last_name, email)
    if renewal_mode not in Sponsorship.Mode.values:
        text = "Choose auto-renewal or manual renewal."
        raise NotUsable(text, [FieldProblem("renewal_mode", text)])
    # Two administrators adding the same person take turns.
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    listed = Member.objects.of(practice).filter(email__iexact=member.email).first()
    if listed:
        text = f"{listed.name} has that address. Enter another one."
        raise NotUsable(text, [FieldProblem("email", text, "taken")])
    member.save(force_insert=True)
    sponsorship = open_sponsorship(practice, member, program, today, renewal_mode)
    record(
        actor=actor,
        action="member.added",
        subject=sponsorship,
        practice_id=practice.pk,
        member_id=member.pk,
        program=program,
        sentence=f"Added {member.name}",
        changes={
            "email": (None, member.email),
            "from_on": (None, today),
            "renewal_mode": (None, renewal_mode),
        },
        now=now,
    )
    return member


def open_sponsorship(
    practice: Practice,
    member: Member,
    program: str,
    today: date,
    renewal_mode: str = Sponsorship.Mode.MANUAL,
) -> Sponsorship:
    """Write the sponsorship of a service that records the change itself.

    Raises:
        AlreadySponsored: a practice, whichever, stands for them in that program.
    """
    try:
        with transaction.atomic():
            return Sponsorship.objects.create(
                practice=practice,
                member=member,
                program=program,
                from_on=today,
                renewal_mode=renewal_mode,
            )
    except IntegrityError as error:
        # Which practice it is stays with the person: nobody else may learn it.
        raise AlreadySponsored(
            "Another practice sponsors this person for the program. "
            "It has to end that first."
        ) from error


@transaction.atomic
def end_sponsorship(
    *, actor: Actor, sponsorship: Sponsorship, reason: str, today: date, now: datetime
) -> None:
    """Take a person off the practice's list; today is their last day on it.

    What they earned stays theirs; the practice keeps what it saw. An invitation to an
    account that is still open ends with it, and so do the person's sessions: the
    practice's provider may have opened one.

    Raises:
        Refusal: it has ended already, or starts after today.
    """
    member, practice = sponsorship.member, sponsorship.practice
    ended = (
        Sponsorship.objects.open()
        .filter(pk=sponsorship.pk, from_on__lte=today)
        .update(until_on=today)
    )
    if not ended:
        raise Refusal(f"{member.name} isn't on {practice.name}'s list today.")
    Invitation.objects.of(practice).filter(
        member=member,
        program=sponsorship.program,
        accepted_at=None,
        replaced_at=None,
    ).update(replaced_at=now)
    if member.user is not None:
        end_sessions(user=member.user)
    record(
        actor=actor,
        action="member.removed",
        subject=sponsorship,
        practice_id=practice.pk,
        member_id=member.pk,
        program=sponsorship.program,
        sentence=f"Took {member.name} off the list",
        changes={"until_on": (None, today)},
        reason=reason.strip(),
        now=now,
    )


@transaction.atomic
def switch_renewal_mode(
    *, actor: Actor, sponsorship: Sponsorship, mode: str, now: datetime
) -> bool:
    """Let somebody's next renewal come about in another way (A11).

    Args:
        mode: a `Sponsorship.Mode`; the one they have already changes nothing.

    Returns:
        Whether anything changed.

    Raises:
        NotUsable: there is no such mode.
        Refusal: the sponsorship has ended.
    """
    if mode not in Sponsorship.Mode.values:
        text = "Choose auto-renewal or manual renewal."
        raise NotUsable(text, [FieldProblem("mode", text)])
    # Auto-renewal takes the same lock: it renews before the switch or not at all.
    held = (
        Sponsorship.objects.open()
        .filter(pk=sponsorship.pk)
        .select_for_update(of=("self",), no_key=True)
        .select_related("member", "practice")
        .first()
    )
    if held is None:
        name, practice = sponsorship.member.name, sponsorship.practice.name
        raise Refusal(f"{name} isn't on {practice}'s list any more.")
    before = held.renewal_mode
    if before == mode:
        return False
    held.renewal_mode = mode
    held.save(update_fields=["renewal_mode"])
    record(
        actor=actor,
        action="renewal_mode.switched",
        subject=held,
        practice_id=held.practice_id,
        member_id=held.member_id,
        program=held.program,
        sentence=f"Switched {held.member.name} to "
        f"{Sponsorship.Mode(mode).label.lower()}",
        changes={"renewal_mode": (before, mode)},
        now=now,
    )
    publish(RenewalModeSwitched(held, actor, now))
    return True
