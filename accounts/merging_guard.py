"""Migration helpers: whose a frozen row is changes by a merge of two accounts alone.

The tables that are named here ask `accounts_duplicate`, so a migration that makes that
one anew on SQLite does it within `remaking`.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.migrating import any_changed, refuse
from core.without_models import WithoutModels

# Either way: undoing gives the rows back while the merge still stands.
STANDS = (
    "EXISTS (SELECT 1 FROM accounts_duplicate d WHERE d.state = 'merged' "
    "AND ((d.kept_id = {0} AND d.given_up_id = {1}) "
    "OR (d.kept_id = {1} AND d.given_up_id = {0})))"
)


def merge_asked() -> WithoutModels:
    """Let PostgreSQL's guards ask for a merge, whatever the walls show."""

    def make(editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        editor.execute(
            "CREATE OR REPLACE FUNCTION merge_stands(one uuid, two uuid) "
            "RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER "
            "SET search_path = public, pg_temp AS $$ BEGIN RETURN "
            f"{STANDS.format('one', 'two')}; END $$",
            None,
        )

    return WithoutModels(make)


def moves_with_its_person(table: str, facts: Sequence[str]) -> WithoutModels:
    """Freeze these columns, and whose the row is but between two merged records."""

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        changed = f"{any_changed(editor, facts)} OR {_strayed(editor)}"
        refuse(editor, table, "frozen", "UPDATE", "has frozen facts", changed)

    return WithoutModels(guard)


def ledger_moves_with_its_person(table: str, facts: Sequence[str]) -> WithoutModels:
    """Keep a ledger append-only, but for whose a row is after a merge.

    Args:
        table: guarded by `append_only` until now.
        facts: every other column of it.
    """

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        same = f"NOT ({any_changed(editor, ['member_id'])})"
        changed = f"{any_changed(editor, facts)} OR {same} OR {_strayed(editor)}"
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for end in ("append_only", "no_update", "no_delete"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{end}{on}")
        said = "is append-only"
        refuse(editor, table, "unchanged", "UPDATE", said, changed)
        refuse(editor, table, "undeleted", "DELETE", said)

    return WithoutModels(guard)


def _strayed(editor: BaseDatabaseSchemaEditor) -> str:
    stands = (
        "merge_stands(OLD.member_id, NEW.member_id)"
        if editor.connection.vendor == "postgresql"
        else STANDS.format("OLD.member_id", "NEW.member_id")
    )
    return f"({any_changed(editor, ['member_id'])}) AND NOT {stands}"
