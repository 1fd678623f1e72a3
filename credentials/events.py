"""What happened here that others react to (`config/reactions.py`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.actor import Actor
from credentials.models import Assignment, AssignmentBatch, Certification


@dataclass(frozen=True)
class ProductAssigned:
    """A product was given to one or more members; each row is already written."""

    batch: AssignmentBatch
    assignments: Sequence[Assignment]
    actor: Actor
    today: date
    now: datetime


@dataclass(frozen=True)
class CertificationEarned:
    """A member earned a credential."""

    certification: Certification
    actor: Actor
    today: date
    now: datetime
