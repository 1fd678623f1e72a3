"""Where sessions are kept: in a table of ours, by whose they are (SESSION_ENGINE)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts.models import User, WebSession
from accounts.rules import hash_of

# What a session says of itself: when it began, was seen last, and in which browser.
VISIT = "visit"


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with their person beside them.

    The key is what the browser sends; a row is found by the key's hash alone.
    """

    @classmethod
    def get_model_class(cls) -> type[WebSession]:
        """Name the table."""
        return WebSession

    def create_model_instance(self, data: dict[str, Any]) -> WebSession:
        """Make the row that is stored, under the person who signed in."""
        row = super().create_model_instance(data)
        assert isinstance(row, WebSession)
        row.session_key = hash_of(row.session_key)
        row.user_id = data.get(SESSION_KEY)
        return row

    def load(self) -> dict[str, Any]:
        """Read what the session holds; nothing where it has ended."""
        # Django looks for the key it has: it is lent the hash for as long as it looks.
        key, self._session_key = self._session_key, hash_of(self._session_key or "")
        held = super().load()
        self._session_key = key if self._session_key else None
        return held

    def exists(self, session_key: str) -> bool:
        """Say whether a session has this key."""
        return super().exists(hash_of(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End the session with this key, or the present one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(hash_of(key))


def forget_sessions(*, now: datetime) -> int:
    """Delete sessions that have ended by themselves; return how many."""
    return WebSession.objects.filter(expire_date__lt=now).delete()[0]


@dataclass(frozen=True)
class Visit:
    """A browser that keeps somebody signed in; `mark` names it and opens nothing."""

    mark: str
    began_at: datetime
    seen_at: datetime
    agent: str


def visits_of(user: User, *, now: datetime) -> list[Visit]:
    """List the browsers that keep somebody signed in, the one seen last first."""
    store = SessionStore()
    found = []
    for row in user.sessions.filter(expire_date__gt=now):
        visit = store.decode(row.session_data).get(VISIT)
        if visit and now - _instant(visit["seen"]) <= settings.SESSION_IDLE:
            began, seen = _instant(visit["began"]), _instant(visit["seen"])
            found.append(Visit(row.session_key, began, seen, visit["agent"]))
    return sorted(found, key=lambda each: each.seen_at, reverse=True)


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
