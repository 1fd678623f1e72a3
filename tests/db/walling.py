"""Looking at the walls from inside a scope."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from core.scope import Scope, scoped
from core.walls import the_walls
from tests.database import WEB, working_as

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no row-level security"
)
MODELS = {
    model._meta.db_table: model for model in apps.get_models(include_auto_created=True)
}
WALLED = sorted(the_walls().tables)


def ask(sql: str) -> list[tuple[Any, ...]]:
    """Run a query and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def count(table: str) -> int:
    """Count a table's rows, by no condition."""
    return int(ask(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608  (our table)


def seen() -> dict[str, int]:
    """Count the rows of every walled table, leaving out those with none."""
    counted = {table: count(table) for table in WALLED}
    return {table: rows for table, rows in counted.items() if rows}


@contextmanager
def within(scope: Scope, role: str = WEB) -> Iterator[None]:
    """Work as a role in a scope."""
    with working_as(role), scoped(scope):
        yield


def attempt(change: Any) -> object:  # noqa: ANN401  (any change)
    """Try a change; give what it did, or the database's words."""
    try:
        with transaction.atomic():
            return change()
    except DatabaseError as error:
        return str(error)


def values(table: str) -> list[Any]:
    """Read every row, as the owner."""
    return list(MODELS[table]._default_manager.order_by("pk").values())
