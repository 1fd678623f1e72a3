"""The notice two weeks before a renewal date: once to the member, once to the practice.

Only rows are written here. Their words are put together when the mail leaves
(`letters`), so a late one is right, and one that has nothing left to say is not sent.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from core.turns import take_turn
from core.work import hasten
from credentials.policy import versions_of
from renewals.rules import coming
from renewals.services.inserting import (
    insert_attempt_lines,
    insert_digests,
    insert_due_lines,
    insert_lost_attempt_digests,
    insert_lost_due_digests,
    insert_notices,
)

NOTICE = "renewal_due"
DIGEST = "renewal_due_administrator"
AUTO_DIGEST = "auto_renewal_administrator"
# A digest is never older than the days it is about; a zone's day ends later than UTC's.
A_DAY = 1


@dataclass(frozen=True)
class Told:
    """How many messages were queued: to members, and to administrators."""

    members: int = 0
    administrators: int = 0


@transaction.atomic
def tell_due(*, program: str, today: date, now: datetime) -> Told:
    """Queue the notices of all terms that are due and have none yet (A11).

    However many terms there are, it sends the same few statements; run again, it does
    nothing.

    Args:
        program: the body whose terms are looked at.
        today: the day it is in the body's zone (X3).
        now: the instant, UTC.
    """
    take_turn(f"tell {program}")
    spans = coming(versions_of(program), today)
    members = insert_notices(kind=NOTICE, program=program, spans=spans, now=now)
    insert_due_lines(kind=DIGEST, program=program, spans=spans, now=now)
    administrators = insert_digests(kind=DIGEST, program=program, now=now)
    administrators += insert_lost_due_digests(
        kind=DIGEST,
        program=program,
        spans=spans,
        since=now - timedelta(_days(program) + A_DAY),
        now=now,
    )
    return _told(members, administrators)


@transaction.atomic
def tell_auto_renewals(*, program: str, today: date, now: datetime) -> Told:
    """Queue to each practice what auto-renewal did for it and has not told yet (A11).

    Args:
        program: the body whose terms are looked at.
        today: the day it is in the body's zone (X3).
        now: the instant, UTC.
    """
    take_turn(f"tell {program}")
    days = _days(program)
    insert_attempt_lines(
        kind=AUTO_DIGEST, program=program, since=today - timedelta(days), now=now
    )
    administrators = insert_digests(kind=AUTO_DIGEST, program=program, now=now)
    administrators += insert_lost_attempt_digests(
        kind=AUTO_DIGEST, program=program, since=now - timedelta(days + A_DAY), now=now
    )
    return _told(0, administrators)


def _days(program: str) -> int:
    return max(policy.terms.reminder.days_before for policy in versions_of(program))


def _told(members: int, administrators: int) -> Told:
    if members or administrators:
        hasten("notifications.tasks.deliver_waiting")
    return Told(members, administrators)
