"""Who opened a certificate first stays; of those issued before, nobody knows."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.migrating import append_only
from core.walls import walls


def may_have_been_opened(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take every certificate there is as opened: nobody wrote down whether it was."""
    postgresql = editor.connection.vendor == "postgresql"
    fresh = "gen_random_uuid()" if postgresql else "lower(hex(randomblob(16)))"
    editor.execute(
        'INSERT INTO certificates_opening (id, certificate_id, kind, way, "by", at) '
        f"SELECT {fresh}, id, 'opened', 'unknown', 'not known', issued_at "
        "FROM certificates_certificate"
    )


class Migration(migrations.Migration):
    dependencies = [("certificates", "0003_openings")]
    operations = [
        migrations.RunPython(may_have_been_opened, migrations.RunPython.noop),
        append_only("certificates_opening"),
        walls("certificates_opening"),
    ]
