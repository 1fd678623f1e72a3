"""What a report of two accounts says stays frozen, and each of its ends written once."""

from django.db import migrations

from accounts.merging_guard import merge_asked
from core.migrating import frozen, kept, once

REPORTED = ("program", "member_id", "email", "asked_at", "expires_at")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0017_merging_without_account")]
    operations = [
        # SQLite made this table anew, without its triggers.
        kept("accounts_duplicate"),
        frozen("accounts_duplicate", REPORTED),
        once("accounts_duplicate", "merged_at"),
        merge_asked(),
    ]
