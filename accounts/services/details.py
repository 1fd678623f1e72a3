"""How people and practices are reached: details that may be changed at any time."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.details import (
    Details,
    PersonDetails,
    PracticeDetails,
    details_of,
    practice_details,
    version_of,
)
from accounts.models import Invitation, Member, Practice, Sponsorship
from accounts.services.values import LONGEST_PRACTICE_NAME, Typed
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Refusal, Stale

LONGEST = {"phone": 40, "profession": 60, "job_role": 60}
LONGEST_ADDRESS = 400
CHANGED_MEANWHILE = (
    "Somebody changed this since you opened the page. Nothing was saved. "
    "Look at what stands here now, then change it again."
)


@transaction.atomic
def change_details(
    *,
    actor: Actor,
    sponsorship: Sponsorship,
    details: PersonDetails,
    seen: str,
    now: datetime,
) -> bool:
    """Change how somebody is reached. Their name, as on certificates, stays.

    A new address ends the invitations that went to the old one.

    Args:
        seen: the version of the details that the caller's page showed.

    Returns:
        Whether anything changed.

    Raises:
        NotUsable: a detail can't be used, or the address is another's or their own.
        Stale: somebody changed them since the page was shown.
        Refusal: the sponsorship has ended.
    """
    held, before = _held(sponsorship)
    details = _checked(details)
    if before == details:
        return False
    if seen != version_of(before):
        raise Stale(CHANGED_MEANWHILE)
    member = held.member
    if details.email != before.email:
        _change_address(held, details.email, now)
    for name in ("phone", "address", "profession"):
        setattr(member, name, getattr(details, name))
    member.save(update_fields=["email", "phone", "address", "profession"])
    held.job_role = details.job_role
    held.save(update_fields=["job_role"])
    record(
        actor=actor,
        action="member.details_changed",
        subject=held,
        practice_id=held.practice_id,
        member_id=held.member_id,
        program=held.program,
        sentence=f"Changed the details of {member.name}",
        changes=_changes(before, details),
        now=now,
    )
    return True


@transaction.atomic
def change_practice(
    *,
    actor: Actor,
    practice: Practice,
    details: PracticeDetails,
    seen: str,
    now: datetime,
) -> bool:
    """Change what a practice is called and how it is reached.

    What was issued and invoiced keeps the name it was issued with.

    Args:
        seen: the version of the details that the caller's page showed.

    Returns:
        Whether anything changed.

    Raises:
        NotUsable: a detail can't be used.
        Stale: somebody changed them since the page was shown.
    """
    held = Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    before = practice_details(held)
    typed = Typed()
    details = PracticeDetails(
        name=typed.line(
            "name", details.name, what="a name", most=LONGEST_PRACTICE_NAME
        ),
        phone=typed.maybe_line("phone", details.phone, most=LONGEST["phone"]),
        address=typed.lines("address", details.address, most=LONGEST_ADDRESS),
    )
    typed.letter("name", details.name, place="the name")
    typed.check()
    if before == details:
        return False
    if seen != version_of(before):
        raise Stale(CHANGED_MEANWHILE)
    held.name, held.phone, held.address = details.name, details.phone, details.address
    held.save(update_fields=["name", "phone", "address"])
    record(
        actor=actor,
        action="practice.details_changed",
        subject=held,
        practice_id=held.pk,
        sentence="Changed the practice's details",
        changes=_changes(before, details),
        now=now,
    )
    return True


def _held(sponsorship: Sponsorship) -> tuple[Sponsorship, PersonDetails]:
    """Lock somebody's rows, the practice first: adding a person takes it, too."""
    Practice.objects.select_for_update(no_key=True).get(pk=sponsorship.practice_id)
    held = (
        Sponsorship.objects.open()
        .filter(pk=sponsorship.pk)
        .select_for_update(of=("self", "member"))
        .select_related("member")
        .first()
    )
    if held is None:
        raise Refusal("This person isn't on your list any more. Nothing was saved.")
    return held, details_of(held)


def _checked(details: PersonDetails) -> PersonDetails:
    typed = Typed()
    email = details.email.strip()
    found = PersonDetails(
        email=typed.address("email", email) if email else "",
        address=typed.lines("address", details.address, most=LONGEST_ADDRESS),
        **{
            name: typed.maybe_line(name, getattr(details, name), most=most)
            for name, most in LONGEST.items()
        },
    )
    typed.check()
    return found


def _change_address(held: Sponsorship, email: str, now: datetime) -> None:
    member = held.member
    if member.user_id is not None:
        text = f"{member.name} has an account: only they change their e-mail."
        raise NotUsable(text, [FieldProblem("email", text, "not_yours")])
    others = Member.objects.of(held.practice).exclude(pk=member.pk)
    taken = others.filter(email__iexact=email).first() if email else None
    if taken:
        text = f"{taken.name} has that address. Enter another one."
        raise NotUsable(text, [FieldProblem("email", text, "taken")])
    member.email = email
    # Whoever reads the old address is somebody else, it may be.
    Invitation.objects.of(held.practice).filter(
        member=member, accepted_at=None, replaced_at=None
    ).update(replaced_at=now)


def _changes(before: Details, after: Details) -> dict[str, tuple[Any, Any]]:
    pairs = {
        each.name: (getattr(before, each.name), getattr(after, each.name))
        for each in fields(before)
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
