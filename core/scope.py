"""What the database lets a transaction see.

Each transaction names its scope: a practice, a person's own rows, one body's staff, one
certificate's number, a badge that is shared, the worker's sweep, or one of the narrow
ones before it is known who asks. PostgreSQL keeps it in a setting that ends with the
transaction; unset means no rows. SQLite has no such walls, there the scope is only
remembered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db import connection, transaction

SETTING = "goodstanding.scope"


@dataclass(frozen=True)
class Scope:
    """A named window onto the rows."""

    kind: str
    key: str = ""

    @classmethod
    def practice(cls, practice_id: UUID) -> Self:
        """Rows of one practice."""
        return cls("practice", str(practice_id))

    @classmethod
    def own(cls, user_id: UUID) -> Self:
        """A person's own rows."""
        return cls("self", str(user_id))

    @classmethod
    def staff(cls, program: str) -> Self:
        """Rows of one certifying body."""
        return cls("staff", program)

    @classmethod
    def public(cls, number: str = "") -> Self:
        """What anybody may see: one certificate's facts and standing, by its number."""
        return cls("public", number)

    @classmethod
    def report(cls, asked: str) -> Self:
        """Credentials that fit what the public names of them whole: a JSON list."""
        return cls("report", asked)

    @classmethod
    def given(cls, sha256: str) -> Self:
        """That a file with this hash was given out."""
        return cls("given", sha256)

    @classmethod
    def badge(cls, badge_id: UUID) -> Self:
        """What anybody may see of one badge that its holder shares."""
        return cls("badge", str(badge_id))

    @classmethod
    def entry(cls) -> Self:
        """What is looked up before it is known who asks: accounts, tokens, links."""
        return cls("entry")

    @classmethod
    def joining(cls, invitation_id: UUID) -> Self:
        """What the link of one invitation lets somebody do."""
        return cls("joining", str(invitation_id))

    @classmethod
    def setup(cls) -> Self:
        """What the commands write that let the first people in."""
        return cls("setup")

    @classmethod
    def queues(cls) -> Self:
        """That mail and papers wait, for the status page."""
        return cls("queues")

    @classmethod
    def sweep(cls) -> Self:
        """The worker's rows across practices."""
        return cls("sweep")

    @classmethod
    def trail(cls) -> Self:
        """The ends of all chains and their newest entries, for whoever writes one."""
        return cls("trail")

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current() -> Scope | None:
    """Return the scope this code runs in, if any."""
    return _current.get()


@contextmanager
def scoped(scope: Scope) -> Iterator[None]:
    """Run a block inside a scope, on PostgreSQL inside one transaction."""
    outer = _current.get()
    token = _current.set(scope)
    try:
        if connection.vendor == "postgresql":
            nested = connection.in_atomic_block
            with transaction.atomic():
                _tell(scope)
                yield
                # The setting ends with the transaction; only a nested one goes on.
                if nested:
                    _tell(outer)
        else:
            yield
    finally:
        _current.reset(token)


@contextmanager
def stepping_into(scope: Scope) -> Iterator[None]:
    """Run a few statements of the open transaction in another scope, then go back.

    A statement that fails has spoilt the transaction, and its scope with it.
    """
    outer = _current.get()
    token = _current.set(scope)
    try:
        if connection.vendor != "postgresql":
            yield
            return
        _tell(scope)
        yield
        _tell(outer)
    finally:
        _current.reset(token)


def _tell(scope: Scope | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, true)", [SETTING, str(scope) if scope else ""]
        )
