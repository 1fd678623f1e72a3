"""Guards and walls are put up without the models of the day being drawn up for them."""

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython
from django.db.migrations.state import ProjectState

from core.without_models import WithoutModels
from tests.witness import APPS


def test_a_migration_asks_for_models_only_where_it_fills_rows_in() -> None:
    """Models drawn up for each guard anew made migrating take twice as long."""
    loader = MigrationLoader(None)
    steps = [
        (migration.__module__, step)
        for (app, _), migration in loader.disk_migrations.items()
        if app in APPS
        for step in migration.operations
    ]
    asking = {
        module
        for module, step in steps
        if isinstance(step, RunPython) and step.code.__module__ != module
    }
    assert asking == set()
    assert len([step for _, step in steps if isinstance(step, WithoutModels)]) > 50


def test_a_step_without_models_leaves_them_alone() -> None:
    done: list[object] = []
    step, state = WithoutModels(done.append), ProjectState()
    editor = connection.schema_editor()
    step.state_forwards("core", state)
    step.database_forwards("core", editor, state, state)
    assert done == [editor]
    step.database_backwards("core", editor, state, state)
    assert done == [editor]
    assert "apps" not in vars(state)
