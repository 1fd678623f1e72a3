"""How a person or a practice is reached: the details as they stand."""

from dataclasses import dataclass
from hashlib import sha256

from accounts.models import Practice, Sponsorship


@dataclass(frozen=True)
class PersonDetails:
    """How somebody is reached, and what they do.

    Args:
        email: where mail goes; theirs alone to change once they have an account.
        phone: as it is dialled.
        address: several lines.
        profession: what they are, whoever sponsors them.
        job_role: what they do at this practice.
    """

    email: str
    phone: str
    address: str
    profession: str
    job_role: str


@dataclass(frozen=True)
class PracticeDetails:
    """What a practice is called, and how it is reached."""

    name: str
    phone: str
    address: str


Details = PersonDetails | PracticeDetails


def details_of(sponsorship: Sponsorship) -> PersonDetails:
    """Read a sponsored person's details."""
    member = sponsorship.member
    return PersonDetails(
        email=member.email,
        phone=member.phone,
        address=member.address,
        profession=member.profession,
        job_role=sponsorship.job_role,
    )


def practice_details(practice: Practice) -> PracticeDetails:
    """Read a practice's own details."""
    return PracticeDetails(practice.name, practice.phone, practice.address)


def version_of(details: Details) -> str:
    """Name the details as they are, so that a page can say what it showed."""
    return sha256(repr(details).encode()).hexdigest()[:16]
