"""No change without an entry: every transaction of the suite is watched.

Whatever a request, a task, a command or a test has a service do, the tables written in
its transaction are noted, below the ORM, so raw SQL and bulk statements count as well.
A transaction that the project's own code opened, that wrote rows of a tracked table and
left no entry in it, fails the test in which it happened.
"""

import re
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType, TracebackType
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.transaction import Atomic

from tests.unwritten import UNTRACKED, UNWRITTEN

APPS = (
    "accounts",
    "billing",
    "ce_credits",
    "certificates",
    "core",
    "courses",
    "credentials",
    "notifications",
    "portal",
    "renewals",
)
TRAIL = "core_auditentry"
# Parts of services that open a savepoint of their own: whoever calls them tells.
PARTS = {
    "accounts/services/members.py open_sponsorship",
    "core/once.py only_once",
    "renewals/services/standing.py record_standing",
}
# Django's own functions that write our tables, and why there is no entry.
DJANGO = {
    "update_last_login": "That somebody signed in is kept by the session and the log.",
}
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
HERE = __file__.rpartition("/tests/")[0] + "/"


@dataclass
class Work:
    """What one transaction, or a part of one, wrote."""

    opener: str = ""
    tables: set[str] = field(default_factory=set)
    told: bool = False
    entries: int = 0


class Witness:
    """Notes each thread's transactions; what had no entry is in `faults`."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._open = threading.local()
        self.tracked = {
            model._meta.db_table
            for model in apps.get_models()
            if model.__module__.split(".")[0] in APPS
        } - set(UNTRACKED)

    @property
    def stack(self) -> list[Work]:
        """The transactions and savepoints this thread is in, the outermost first."""
        if not hasattr(self._open, "stack"):
            self._open.stack = []
        found: list[Work] = self._open.stack
        return found

    def statement(self, execute: Callable[..., Any], sql: str, *rest: Any) -> object:  # noqa: ANN401
        """Note which table a statement writes; a wrapper around every statement."""
        found = WRITE.match(sql) if sql[:1] in "IUDiud \n" else None
        answer = execute(sql, *rest)
        # A condition that no row met changed nothing.
        if found and (found[0].lstrip()[:1] in "Ii" or rest[-1]["cursor"].rowcount):
            self._wrote(found[1])
        return answer

    def enter(self, frame: FrameType | None) -> None:
        """Note that a transaction or savepoint begins."""
        self.stack.append(Work(opener=_ours(frame)))

    def leave(self, *, failed: bool) -> None:
        """Note its end: what failed wrote nothing, the outermost of ours is judged."""
        work = self.stack.pop()
        if failed:
            return
        if any(each.opener for each in self.stack):
            self.stack[-1].tables |= work.tables
            self.stack[-1].entries += work.entries
        elif work.opener and work.tables and not work.entries:
            self.faults.append(f"{work.opener} wrote {sorted(work.tables)}")

    def _wrote(self, table: str) -> None:
        if self.stack and any(each.opener for each in self.stack):
            if table == TRAIL:
                self.stack[-1].entries += 1
            elif table in self.tracked and not _excused(table):
                self.stack[-1].tables.add(table)
        elif table in self.tracked and not _excused(table):
            opener = _ours(sys._getframe(2))  # noqa: SLF001  (there is no other way)
            if opener:
                self.faults.append(f"{opener} wrote {table} outside a transaction")


def _ours(frame: FrameType | None) -> str:
    """Name the project's function that a frame belongs to; empty for a test's own."""
    while frame is not None:
        code = frame.f_code
        name = code.co_filename
        decorated = frame.f_locals.get("func") if code.co_name == "inner" else None
        if decorated is not None and hasattr(decorated, "__code__"):
            code, name = decorated.__code__, decorated.__code__.co_filename
        if name.startswith(HERE) and "/.venv/" not in name:
            place = name.removeprefix(HERE)
            if place.split("/")[1:2] == ["models"]:
                frame = frame.f_back
                continue
            opener = f"{place} {code.co_name}"
            ours = place.split("/")[0] in APPS and place != "core/scope.py"
            return opener if ours and opener not in PARTS else ""
        frame = frame.f_back
    return ""


def _excused(table: str) -> bool:
    frame: FrameType | None = sys._getframe(3)  # noqa: SLF001  (nor here)
    while frame is not None:
        name = frame.f_code.co_filename.removeprefix(HERE)
        if frame.f_code.co_name in DJANGO:
            return True
        if (table, name, frame.f_code.co_name) in UNWRITTEN:
            return True
        frame = frame.f_back
    return False


WITNESS: list[Witness] = []


@pytest.fixture(autouse=True, scope="session")
def witnessed() -> Iterator[None]:
    """Watch every transaction, in every thread."""
    witness = Witness()
    WITNESS[:] = [witness]

    def listen(connection: BaseDatabaseWrapper, **about: object) -> None:
        if witness.statement not in connection.execute_wrappers:
            connection.execute_wrappers.append(witness.statement)

    enter, leave = Atomic.__enter__, Atomic.__exit__

    def entering(self: Atomic) -> None:
        enter(self)
        witness.enter(sys._getframe(1))  # noqa: SLF001

    def leaving(
        self: Atomic,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        rolled = kind is not None or connections[self.using or "default"].needs_rollback
        witness.leave(failed=rolled)
        leave(self, kind, value, trace)

    connection_created.connect(listen, weak=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Atomic, "__enter__", entering)
        patch.setattr(Atomic, "__exit__", leaving)
        listen(connections["default"])
        yield
    connection_created.disconnect(listen)


@pytest.fixture(autouse=True)
def no_change_without_an_entry(witnessed: None) -> Iterator[None]:
    """Fail the test in which a tracked row changed and no entry tells of it."""
    witness = WITNESS[0]
    witness.faults.clear()
    yield
    faults, witness.faults = witness.faults, []
    assert not faults, "\n".join(["changes without an entry:", *sorted(set(faults))])
