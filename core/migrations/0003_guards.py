"""The trail is append-only."""

from django.db import migrations

from core.migrating import append_only


class Migration(migrations.Migration):
    dependencies = [("core", "0002_initial")]
    operations = [append_only("core_auditentry")]
