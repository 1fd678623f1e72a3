"""Whether the portal's parts answer, for the status page and the supervisor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

from certificates.services import oldest_waiting
from core.scope import Scope, scoped
from notifications.services import oldest_overdue
from portal.queries.shown import Tag

SLOW = timedelta(minutes=10)


@dataclass(frozen=True)
class Check:
    """One part, how it is, in words."""

    name: str
    detail: str
    tag: Tag


def checks(*, now: datetime) -> Sequence[Check]:
    """Look at the database, the certificates and the mail that wait."""
    if not _database():
        tag = Tag("bad", "Not answering")
        return [Check("Records", "The database does not answer.", tag)]
    with scoped(Scope.queues()):
        paper, letter = oldest_waiting(), oldest_overdue(now=now)
    return [
        Check("Records", "Pages and the API read and write.", Tag("ok", "Working")),
        _waiting("Certificates", "PDF", paper, now),
        _waiting("E-mail", "message", letter, now),
    ]


def healthy(found: Sequence[Check]) -> bool:
    """Tell whether all of them work."""
    return all(check.tag.tone == "ok" for check in found)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _waiting(name: str, what: str, oldest: datetime | None, now: datetime) -> Check:
    if oldest is None:
        return Check(name, f"No {what} is waiting.", Tag("ok", "Working"))
    if now - oldest > SLOW:
        words = f"The oldest {what} has waited {span_words(now - oldest)}."
        return Check(name, words, Tag("warn", "Slow"))
    return Check(name, f"A {what} is on its way.", Tag("ok", "Working"))


def span_words(waited: timedelta) -> str:
    """Write how long something has waited: 12 minutes, 5 hours, 3 days."""
    minutes = int(waited.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{waited.days} days"
