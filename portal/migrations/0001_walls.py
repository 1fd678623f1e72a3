"""Row-level security on every table there is, by the one list."""

from django.db import migrations

from core.migrating import sequences_for_readers
from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0001_initial"),
        ("ce_credits", "0006_allowances"),
        ("certificates", "0002_guards"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0006_trail_sealed"),
        ("credentials", "0002_guards"),
        ("renewals", "0004_guards"),
        ("sessions", "0001_initial"),
    ]
    operations = [sequences_for_readers(), walls()]
