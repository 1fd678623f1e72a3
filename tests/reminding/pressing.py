"""Workers that do the same at one moment, with or without what keeps them apart."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from django.db import connection, models

from core.scope import Scope, scoped
from tests.database import WORKER, working_as
from tests.race.hands import at_once

T = TypeVar("T")
PATIENCE = 1


@contextmanager
def without(model: type[models.Model], name: str) -> Iterator[None]:
    """Take one of a table's constraints away for a while, and then its rows.

    On SQLite, where only one writes at a time, it stays: to take it away would make the
    table anew, without its triggers.
    """
    if connection.vendor != "postgresql":
        yield
        return
    (constraint,) = (each for each in model._meta.constraints if each.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            # What was doubled would not let it come back; a ledger refuses DELETE.
            editor.execute(f"TRUNCATE {model._meta.db_table}")
            editor.add_constraint(model, constraint)


def swept(work: Callable[[], T]) -> Callable[[], T]:
    """Do something within the worker's scope."""

    def within() -> T:
        with scoped(Scope.sweep()):
            return work()

    return within


def pressed(work: Callable[[], T], table: str, many: int = 2) -> Sequence[T]:
    """Let workers do the same, each waiting for the others once it wrote to a table.

    Where something keeps them apart, the others come only later; then one waits in vain
    for a moment. SQLite lets one write at a time, so there is nothing to wait for.
    """
    gate = threading.Barrier(many, timeout=PATIENCE)

    def wait(execute: Callable[..., Any], sql: str, *rest: object) -> object:
        done = execute(sql, *rest)
        if sql.startswith("INSERT INTO") and table in sql.partition("(")[0]:
            with suppress(threading.BrokenBarrierError):
                gate.wait()
        return done

    def act() -> T:
        with working_as(WORKER):
            if connection.vendor != "postgresql":
                return work()
            with connection.execute_wrapper(wait):
                return work()

    return at_once([act] * many)
