"""Who was told and what was tried stays; an attempt belongs to its sponsorship."""

from django.db import migrations

from core.migrating import append_only, composite_key

OWNED = ("sponsorship_id", "practice_id", "member_id")
IDENTITY = ("id", "practice_id", "member_id")


class Migration(migrations.Migration):
    dependencies = [("renewals", "0003_reminders")]
    operations = [
        append_only("renewals_digestline"),
        append_only("renewals_renewalattempt"),
        composite_key(
            "renewals_renewalattempt", OWNED, "accounts_sponsorship", IDENTITY
        ),
    ]
