"""What was asked for, by whom and of which practice stays; so does that it was."""

from django.db import migrations

from core.migrating import frozen, kept


class Migration(migrations.Migration):
    dependencies = [("core", "0008_exports")]
    operations = [
        frozen(
            "core_exportjob",
            (
                *("practice_id", "program", "kind", "params", "key"),
                *("by", "user_id", "token_id", "at"),
            ),
        ),
        kept("core_exportjob"),
    ]
