"""An application stays its member's, and of its cycle; how it ended is written once."""

from django.db import migrations

from core.migrating import frozen, kept, once
from core.walls import walls

WHOSE = ("member_id", "program", "kind", "cycle_last_on", "created_at")


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0013_society_guards"),
        ("renewals", "0009_recertifications"),
    ]
    operations = [
        kept("renewals_recertification"),
        frozen("renewals_recertification", WHOSE),
        once("renewals_recertification", "decided_on"),
        walls("renewals_recertification"),
    ]
