"""What a report of two accounts says is frozen, and each of its ends is written once."""

from django.db import migrations

from accounts.merging_guard import merge_asked
from core.migrating import frozen, kept, once
from core.walls import walls

REPORTED = (
    "program",
    "member_id",
    "email",
    "asked_at",
    "expires_at",
)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_merging'),
    ]

    operations = [
        kept("accounts_duplicate"),
        frozen("accounts_duplicate", REPORTED),
        once("accounts_duplicate", "merged_at"),
        merge_asked(),
        walls("accounts_duplicate", "accounts_member", "core_outboxmessage"),
    ]
