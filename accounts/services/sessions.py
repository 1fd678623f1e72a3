"""Ending the sessions of somebody who may do other things now than when they began."""

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User, WebSession
from accounts.rules import hash_of
from core.failures import Missing


@transaction.atomic
def end_sessions(*, user: User, keep: str = "") -> int:
    """End every session of somebody, with the next request of each; return how many.

    Args:
        user: whose.
        keep: the key of the session in which the change was made, which goes on.
    """
    return user.sessions.exclude(session_key=hash_of(keep)).delete()[0]


@transaction.atomic
def end_sessions_of(*, users: QuerySet[User], keep: str = "") -> int:
    """End every session of several people, as `end_sessions` does; return how many."""
    held = WebSession.objects.filter(user__in=users)
    return held.exclude(session_key=hash_of(keep)).delete()[0]


@transaction.atomic
def end_session(*, user: User, mark: str) -> None:
    """End one session of somebody.

    Args:
        user: whose.
        mark: names the session without giving its key away.

    Raises:
        Missing: they have no such session.
    """
    # What was sent is no question to the database: it may hold what no row can.
    if mark not in user.sessions.values_list("session_key", flat=True):
        raise Missing("Not found.")
    WebSession.objects.filter(user=user, session_key=mark).delete()


def mark_of(session_key: str) -> str:
    """Name a session on a page: its key opens it, so its hash stands for it."""
    return hash_of(session_key)
