"""Row-level security on every table there is, by the one list."""

from django.db import migrations

from core.migrating import sequences_for_readers
from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0002_sessions"),
        ("ce_credits", "0006_allowances"),
        ("certificates", "0002_guards"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0006_trail_sealed"),
        ("credentials", "0002_guards"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("renewals", "0004_guards"),
    ]
    operations = [sequences_for_readers(), walls()]
