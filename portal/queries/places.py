"""Where somebody may go: the practices, records and bodies that are theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Member, Practice, StaffRole, User
from credentials.policy import policy_for, programs


@dataclass(frozen=True)
class Place:
    """One way on."""

    label: str
    detail: str
    url: str


def places_of(user: User) -> Sequence[Place]:
    """List a person's places: practices they administer, their own record, bodies."""
    found = [
        Place(
            practice.name,
            "Practice administrator",
            reverse("practice_home", kwargs={"practice": practice.slug}),
        )
        for practice in Practice.objects.visible_to(user)
    ]
    if Member.objects.visible_to(user).exists():
        found.append(Place("Where you stand", "Credential holder", reverse("me")))
    roles = StaffRole.objects.filter(user=user, until_at=None)
    return found + [
        Place(
            f"{body_name(role.program)} staff",
            role.get_role_display(),
            reverse("staff_queue", kwargs={"program": role.program}),
        )
        for role in roles
    ]


def in_program(url: str, program: str) -> str:
    """Add the program to an address; the first there is needs no word."""
    return (
        url if program == programs()[0] else f"{url}?{urlencode({'program': program})}"
    )


def body_name(program: str) -> str:
    """Name a body as its pack does; a code without a pack names itself."""
    if program not in programs():
        return program
    return policy_for(program, on=date.max).body_name


def body_full_name(program: str) -> str:
    """Name a body in full, as on an invoice; a code without a pack names itself."""
    if program not in programs():
        return program
    return policy_for(program, on=date.max).body.full_name
