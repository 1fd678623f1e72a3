"""An application stays its member's, and of its cycle; how it ended is written once."""

from django.db import migrations

from core.migrating import frozen, kept, once

WHOSE = ("member_id", "program", "kind", "cycle_last_on", "created_at")


class Migration(migrations.Migration):
    dependencies = [("renewals", "0015_applications_audited")]
    operations = [
        # SQLite made this table anew, without its triggers.
        kept("renewals_recertification"),
        frozen("renewals_recertification", WHOSE),
        once("renewals_recertification", "decided_on"),
    ]
