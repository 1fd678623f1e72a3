"""Migrations' steps that ask no model."""

from collections.abc import Callable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Step = Callable[[BaseDatabaseSchemaEditor], None]


class WithoutModels(Operation):
    """Do to the database what models have no part in; only `undo` takes it back.

    RunPython would have every model of that day drawn up anew for each of them, which
    is most of the time that migrating takes.
    """

    def __init__(self, do: Step, undo: Step | None = None) -> None:
        self.do, self.undo = do, undo

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Do it."""
        self.do(schema_editor)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Leave what is there, but for what stands in a column's way."""
        if self.undo is not None:
            self.undo(schema_editor)

    def describe(self) -> str:
        """Say what `migrate --plan` shows of it."""
        return "Guards of the database"
