"""What happened here that others react to (`config/reactions.py`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core.actor import Actor


@dataclass(frozen=True)
class CreditChanged:
    """A member's credit in a program is no longer what it was."""

    member_id: UUID
    program: str
    actor: Actor
    today: date
    now: datetime


@dataclass(frozen=True)
class ActivitiesDeciding:
    """Staff are about to decide on these: what is counted with them is locked first."""

    activity_ids: Sequence[UUID]


@dataclass(frozen=True)
class ActivityDecided:
    """Staff decided on an activity, and its own credit moved."""

    activity_id: UUID
    actor: Actor
    today: date
    now: datetime


@dataclass(frozen=True)
class AuditClosing:
    """Staff are about to close an audit: whoever waits for it locks its rows first."""

    case_id: UUID


@dataclass(frozen=True)
class AuditClosed:
    """Staff closed an audit: each of its items is verified or not accepted."""

    case_id: UUID
    member_id: UUID
    program: str
    actor: Actor
    today: date
    now: datetime
