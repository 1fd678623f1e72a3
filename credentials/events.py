"""What happened here that others react to (`config/reactions.py`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from core.actor import Actor
from credentials.models import Assignment, AssignmentBatch, Certification

# Why terms are set aside: a slip, or a record that gives way to the person's, who has a
# term already (joined), or on whose record it begins with its days (moved).
Why = Literal["pressed", "joined", "moved"]


@dataclass(frozen=True)
class ProductAssigned:
    """A product was given to one or more members; each row is already written.

    `begins_on` is the day from which a term counts that began on another record; None
    for one that begins now.
    """

    batch: AssignmentBatch
    assignments: Sequence[Assignment]
    actor: Actor
    today: date
    now: datetime
    begins_on: date | None = None


@dataclass(frozen=True)
class TermsUndone:
    """Assignments that began terms were taken back; each row says so already.

    `days` is the day it is in each program's zone. Who reacts may refuse.
    """

    assignments: Sequence[Assignment]
    actor: Actor
    days: Mapping[str, date]
    now: datetime
    why: Why = "pressed"


@dataclass(frozen=True)
class CertificationEarned:
    """A member earned a credential."""

    certification: Certification
    actor: Actor
    today: date
    now: datetime


@dataclass(frozen=True)
class OwnDocumentFiled:
    """A practice filed a document of so many bytes; whoever counts may refuse it."""

    practice_id: UUID
    size: int
