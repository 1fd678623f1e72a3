"""Row-level security: what each scope may see and change of each table.

One list (`settings.WALLS`) says it for the whole project; a migration that adds a table
calls `walls("its_table")`, which reads the list. PostgreSQL alone has such walls.
FORCE holds the tables' owner to them too: it gets a policy of its own, by name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import cast

from django.conf import settings
from django.db import ProgrammingError, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.module_loading import import_string

from core.migrating import READERS
from core.without_models import WithoutModels

WEB, WORKER = "goodstanding_web", "goodstanding_worker"
# PostgreSQL's codes for a table or a column that a later migration adds.
NOT_YET = {"42P01", "42703"}


class May(StrEnum):
    """What a scope may do with the rows it is given.

    CHANGE leaves out making and removing rows, ADD is making them without seeing them.
    """

    SEE = "see"
    CHANGE = "change"
    ADD = "add"
    WRITE = "write"


COMMANDS: Mapping[str, frozenset[May]] = {
    "SELECT": frozenset({May.SEE, May.CHANGE, May.WRITE}),
    "INSERT": frozenset({May.ADD, May.WRITE}),
    "UPDATE": frozenset({May.CHANGE, May.WRITE}),
    "DELETE": frozenset({May.WRITE}),
}


@dataclass(frozen=True)
class Rule:
    """Which rows of a table a scope is given, and what it may do with them.

    Args:
        kind: the scope's kind, as in `core.scope`.
        rows: the condition a row fulfils, in SQL.
        may: what the scope may do with such a row.
        role: whose connections it holds for.
        kept: what a row must fulfil after it was written, where that is more.
    """

    kind: str
    rows: str
    may: May
    role: str = WEB
    kept: str = ""


def policies(table: str, rules: Sequence[Rule]) -> Iterator[str]:
    """Make a table's policies: one for each role and command."""
    for role in dict.fromkeys(rule.role for rule in rules):
        for command, rights in COMMANDS.items():
            given = [r for r in rules if r.role == role and r.may in rights]
            if not given:
                continue
            rows = _any_of((rule.kind, rule.rows) for rule in given)
            kept = _any_of((rule.kind, rule.kept or rule.rows) for rule in given)
            using = "" if command == "INSERT" else f" USING ({rows})"
            check = f" WITH CHECK ({kept})" if command in {"INSERT", "UPDATE"} else ""
            yield (
                f"CREATE POLICY {role}_{command.lower()} ON {table} "
                f"FOR {command} TO {role}{using}{check}"
            )


def _any_of(conditions: Iterable[tuple[str, str]]) -> str:
    """Join conditions of several kinds of scope into one.

    Each statement names every table's whole condition, so it is kept short: the kind is
    asked once a statement, in a sub-select, and decides which branch is looked at.
    """
    by_kind: dict[str, list[str]] = {}
    for kind, rows in conditions:
        by_kind.setdefault(kind, []).append(f"({rows})")
    branches = " ".join(
        f"WHEN '{kind}' THEN {' OR '.join(rows)}" for kind, rows in by_kind.items()
    )
    return f"CASE (SELECT wall_kind()) {branches} ELSE false END"


@dataclass(frozen=True)
class Walls:
    """The list: each table's rules, or the reason why it has none.

    Args:
        functions: SQL that makes the functions the conditions ask.
        tables: table → its rules.
        unwalled: table → why anybody with a connection may read it.
    """

    functions: str
    tables: Mapping[str, Sequence[Rule]]
    unwalled: Mapping[str, str] = field(default_factory=dict)


def the_walls() -> Walls:
    """Read the project's list."""
    return cast(Walls, import_string(settings.WALLS))


def walls(*tables: str) -> WithoutModels:
    """Put up the walls of these tables, of all on the list where none is named.

    It may run again: what was there before makes room. A table or a column that a later
    migration adds is left to that one.
    """

    def build(editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        found = the_walls()
        editor.execute(found.functions, None)
        known = set(editor.connection.introspection.table_names())
        for table in tables or found.tables:
            if table in known:
                _wall(editor, table, found.tables[table])

    return WithoutModels(build)


def _wall(editor: BaseDatabaseSchemaEditor, table: str, rules: Sequence[Rule]) -> None:
    _clear(editor, table)
    editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    # Migrations fill rows in, and tests make them, as the owner.
    editor.execute(
        f"CREATE POLICY owner ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
    )
    for role in READERS:
        editor.execute(
            f"CREATE POLICY {role} ON {table} FOR SELECT TO {role} USING (true)"
        )
    try:
        with transaction.atomic(using=editor.connection.alias):
            for statement in policies(table, rules):
                editor.execute(statement, None)
    except ProgrammingError as error:
        if getattr(error.__cause__, "pgcode", None) not in NOT_YET:
            raise


def _clear(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    with editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT policyname FROM pg_policies "
            "WHERE schemaname = 'public' AND tablename = %s",
            [table],
        )
        found = cursor.fetchall()
    for (name,) in found:
        editor.execute(f"DROP POLICY {name} ON {table}")
