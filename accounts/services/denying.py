"""Noting who tried to change what isn't theirs to change: one entry a try.

It stands in the house's chain, not in that of the practice or body asked for: no
stranger fills another's list of activities, or learns from it what was tried elsewhere.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from accounts.access import actor_of
from accounts.models import Token, User
from core.audit import record
from core.models import AuditEntry
from core.rest import Limit

logger = structlog.get_logger(__name__)
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
LONGEST_NAME = 80
LAST = ". More of them in this while stand in the log alone"


class DeniedLimit(Limit):
    """How many refusals of one person or token are written down.

    The rest are refused just the same, and logged: nobody fills the disk with entries
    that are kept for ever. While nobody can count, each is written.
    """

    scope = "denied"


@dataclass(frozen=True)
class Tried:
    """What was asked for: a route's name, a method, whose rows, and the answer.

    `practice` and `program` are as they stood in the address, whether there is such a
    practice or body or not.
    """

    route: str
    method: str
    practice: str
    program: str
    answer: int


def note_denied(
    *, user: User | None, token: Token | None, tried: Tried, now: datetime
) -> AuditEntry | None:
    """Write down that somebody known was refused a change; nothing else changes.

    Returns None where nothing is written: the request would have changed nothing,
    nobody is signed in, or their entries of this hour are used up.
    """
    subject = token or user
    if subject is None or tried.method not in UNSAFE:
        return None
    limit = DeniedLimit()
    fits = limit.allow(actor_of(user, token).key)
    logger.warning("denied", route=tried.route, method=tried.method, written=fits)
    if not fits:
        return None
    return _write(user, token, subject, tried, now, last=not limit.left)


@transaction.atomic
def _write(
    user: User | None,
    token: Token | None,
    subject: User | Token,
    tried: Tried,
    now: datetime,
    *,
    last: bool,
) -> AuditEntry:
    whose = tried.practice or tried.program
    place = f" of {whose[:LONGEST_NAME]}" if whose else ""
    return record(
        actor=actor_of(user, token),
        action="denied",
        subject=subject,
        sentence=f"Was refused {tried.method} {tried.route}{place}, answered "
        f"{tried.answer}{LAST if last else ''}",
        changes={
            "route": (None, tried.route),
            "method": (None, tried.method),
            "practice": (None, tried.practice[:LONGEST_NAME]),
            "body": (None, tried.program[:LONGEST_NAME]),
            "answer": (None, tried.answer),
        },
        now=now,
    )
