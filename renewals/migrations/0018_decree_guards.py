"""Decrees are written once; what each was given, and asked, is kept as it was."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.migrating import append_only, frozen, kept, once
from core.walls import walls
from core.without_models import WithoutModels

LINE = (
    "decree_id",
    "member_id",
    "program",
    "number",
    "reason",
    "decreed_on",
    "cycle_last_on",
    "from_on",
    "until_on",
)
ASKED = (
    "application_id",
    "words",
    "asked_on",
    "asked_by",
    "asked_user_id",
    "asked_at",
)


def ways_back(editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guards away before the columns they name go."""
    table = "renewals_applicationquestion"
    on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
    for guard in ("frozen", "once"):
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_{guard}{on}")


class Migration(migrations.Migration):
    dependencies = [("renewals", "0017_decrees")]
    operations = [
        append_only("renewals_decree"),
        kept("renewals_moveddeadline"),
        frozen("renewals_moveddeadline", LINE),
        once("renewals_moveddeadline", "done_at"),
        # SQLite made this table anew, without its triggers.
        kept("renewals_applicationquestion"),
        frozen("renewals_applicationquestion", ASKED),
        once("renewals_applicationquestion", "answered_on", "told_at"),
        WithoutModels(lambda editor: None, ways_back),
        walls("renewals_applicationquestion", "renewals_decree", "renewals_moveddeadline"),
    ]
