"""Migration helpers for what Django can't say: roles, composite keys, ledgers.

Each guard exists on both databases: a constraint or trigger on PostgreSQL, a trigger on
SQLite. SQLite loses triggers when a later migration rebuilds the table: that migration
puts them back, and the tests try each guard, so a lost one shows.
"""

from collections.abc import Sequence
from functools import partial

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from core.without_models import WithoutModels

ROLES = (
    "goodstanding_web",
    "goodstanding_worker",
    "goodstanding_auditor",
    "goodstanding_backup",
)
WRITERS = ROLES[:2]
READERS = ROLES[2:]


def database_roles() -> WithoutModels:
    """Make the roles that requests, workers, auditors and backups work as.

    The owner is whoever migrates. Rights on tables made later come by default
    privileges. None of the roles may sign in, owns a table or passes a policy by.
    """
    return WithoutModels(_make_roles)


def _make_roles(editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    for role in ROLES:
        # Roles belong to the whole cluster: another database may be making them now.
        editor.execute(
            f"""
            DO $$ BEGIN
              CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END $$
            """
        )
        editor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        # Nobody signs in as a role: who migrates, or is given it, takes it on.
        editor.execute(f"GRANT {role} TO CURRENT_USER")
    for roles, rights in (
        (WRITERS, "SELECT, INSERT, UPDATE, DELETE"),
        (READERS, "SELECT"),
    ):
        names = ", ".join(roles)
        editor.execute(f"GRANT {rights} ON ALL TABLES IN SCHEMA public TO {names}")
        editor.execute(
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public "
            f"GRANT {rights} ON TABLES TO {names}"
        )
    editor.execute(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public "
        f"GRANT USAGE, SELECT ON SEQUENCES TO {', '.join(WRITERS)}"
    )
    editor.execute(
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {', '.join(WRITERS)}"
    )


def sequences_for_readers() -> WithoutModels:
    """Let auditor and backup read how far counters are; a dump asks for them too."""

    def grant(editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        names = ", ".join(READERS)
        editor.execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {names}")
        editor.execute(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public "
            f"GRANT SELECT ON SEQUENCES TO {names}"
        )

    return WithoutModels(grant)


def remaking(*operations: Operation) -> list[Operation]:
    """Change tables that other tables' triggers name, with the rows that are there.

    SQLite makes a table anew for a column that may not be empty, and refuses to rename
    it while a trigger elsewhere names the one that is gone for a moment.
    """
    return [_lenient(on=True), *operations, _lenient(on=False)]


def _lenient(*, on: bool) -> WithoutModels:
    def switch(editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            editor.execute(f"PRAGMA legacy_alter_table = {'ON' if on else 'OFF'}")

    return WithoutModels(switch)


def append_only(table: str) -> WithoutModels:
    """Refuse UPDATE and DELETE on a ledger, whoever asks."""

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        _unguard(editor, table)
        if editor.connection.vendor == "postgresql":
            _guard_postgresql(editor, table)
            return
        for verb in ("UPDATE", "DELETE"):
            editor.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )

    return WithoutModels(guard)


def unguarded(table: str) -> WithoutModels:
    """Open a ledger for what a migration has to fill in; `append_only` shuts it."""

    def unguard(editor: BaseDatabaseSchemaEditor) -> None:
        _unguard(editor, table)

    return WithoutModels(unguard)


def _unguard(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    for end in ("append_only", "no_update", "no_delete"):
        drop(editor, table, f"{table}_{end}")


def drop(editor: BaseDatabaseSchemaEditor, table: str, trigger: str) -> None:
    """Take a trigger away, where there is one."""
    where = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
    editor.execute(f"DROP TRIGGER IF EXISTS {trigger}{where}")


def _guard_postgresql(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    editor.execute(
        """
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
        BEGIN
          RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
        END $$ LANGUAGE plpgsql
        """,
        None,
    )
    editor.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def sealed(table: str) -> WithoutModels:
    """Keep an append-only table from every way round its row triggers.

    On PostgreSQL nobody empties it with TRUNCATE, and web and worker have no right to
    change, delete or truncate. SQLite has neither that statement nor rights.
    """

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        drop(editor, table, f"{table}_not_emptied")
        editor.execute(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE\nON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        editor.execute(
            f"REVOKE TRUNCATE, UPDATE, DELETE ON {table} FROM {', '.join(WRITERS)}"
        )

    return WithoutModels(guard)


def kept(*tables: str) -> WithoutModels:
    """Refuse DELETE on rows an audit may ask for, whoever asks (X5)."""

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            refuse(editor, table, "kept", "DELETE", "is kept for audits")

    return WithoutModels(guard)


def frozen(table: str, columns: Sequence[str]) -> WithoutModels:
    """Refuse an UPDATE that changes one of these columns, whoever asks."""

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        changed = any_changed(editor, columns)
        refuse(editor, table, "frozen", "UPDATE", "has frozen facts", changed)

    return WithoutModels(guard)


def any_changed(editor: BaseDatabaseSchemaEditor, columns: Sequence[str]) -> str:
    """Say in a trigger's SQL that one of these columns is to change."""
    differs = (
        "NEW.{0}::text IS DISTINCT FROM OLD.{0}::text"
        if editor.connection.vendor == "postgresql"
        else "NEW.{0} IS NOT OLD.{0}"
    )
    return " OR ".join(differs.format(column) for column in columns)


def once(table: str, *columns: str, before: Sequence[str] = ()) -> WithoutModels:
    """Let columns be filled once; a table's one such guard leads back to `before`."""

    def guard(editor: BaseDatabaseSchemaEditor, named: Sequence[str]) -> None:
        filled = "(OLD.{} IS NOT NULL AND {})"
        changed = [filled.format(each, any_changed(editor, [each])) for each in named]
        refuse(editor, table, "once", "UPDATE", "is written once", " OR ".join(changed))

    back = partial(guard, named=before) if before else None
    return WithoutModels(partial(guard, named=columns), back)


def refuse(
    editor: BaseDatabaseSchemaEditor,
    table: str,
    name: str,
    verb: str,
    words: str,
    when: str = "",
) -> None:
    """Make a trigger that raises; `when` narrows it to some rows."""
    drop(editor, table, f"{table}_{name}")
    condition = f"WHEN ({when}) " if when else ""
    start = f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table} "
    if editor.connection.vendor != "postgresql":
        said = f"BEGIN SELECT RAISE(ABORT, '{table} {words}'); END"
        editor.execute(f"{start}{condition}{said}")
        return
    editor.execute(
        f"""
        CREATE OR REPLACE FUNCTION refuse_{name}() RETURNS trigger AS $$
        BEGIN
          RAISE EXCEPTION '% {words}', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
        END $$ LANGUAGE plpgsql
        """,
        None,
    )
    editor.execute(
        f"{start}FOR EACH ROW {condition}EXECUTE FUNCTION refuse_{name}()", None
    )


def composite_key(
    table: str,
    columns: Sequence[str],
    target: str,
    target_columns: Sequence[str],
    *,
    name: str = "belongs",
    what: str = "sponsorship",
) -> WithoutModels:
    """Hold several columns together against one row of another table.

    A row that leaves one of the columns empty is not held (SQL's MATCH SIMPLE). It may
    stand in a second migration, one that makes SQLite rebuild the table. A table with
    several such keys names each; `what` is what SQLite says is another's.
    """

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        undo(editor)
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_{name} "
                f"FOREIGN KEY ({', '.join(columns)}) "
                f"REFERENCES {target} ({', '.join(target_columns)}) "
                "DEFERRABLE INITIALLY DEFERRED"
            )
            return
        filled = " AND ".join(f"NEW.{column} IS NOT NULL" for column in columns)
        same = " AND ".join(
            f"{theirs} = NEW.{ours}"
            for ours, theirs in zip(columns, target_columns, strict=True)
        )
        stranger = f"NOT EXISTS (SELECT 1 FROM {target} WHERE {same})"  # noqa: S608  (ours)
        for verb in ("INSERT", "UPDATE"):
            drop(editor, table, f"{table}_{name}_{verb.lower()}")
            editor.execute(
                f"CREATE TRIGGER {table}_{name}_{verb.lower()} "
                f"BEFORE {verb} ON {table} WHEN {filled} AND {stranger} "
                f"BEGIN SELECT RAISE(ABORT, '{table} names another {what}'); END"
            )

    def undo(editor: BaseDatabaseSchemaEditor) -> None:
        # It stands on the other table's own key, which could not go before it.
        drop = f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_{name}"
        if editor.connection.vendor == "postgresql":
            editor.execute(drop)

    return WithoutModels(guard, undo)
