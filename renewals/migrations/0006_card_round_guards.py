"""A round belongs to its practice and day; attempts stay, also with their new column."""

from django.db import migrations

from core.migrating import append_only, composite_key, frozen, kept
from core.walls import walls

OWNED = ("sponsorship_id", "practice_id", "member_id")
IDENTITY = ("id", "practice_id", "member_id")


class Migration(migrations.Migration):
    dependencies = [("renewals", "0005_card_rounds")]
    operations = [
        # SQLite made this table anew, without its triggers.
        append_only("renewals_renewalattempt"),
        composite_key(
            "renewals_renewalattempt", OWNED, "accounts_sponsorship", IDENTITY
        ),
        kept("renewals_cardround"),
        frozen("renewals_cardround", ("practice_id", "program", "begun_on", "at")),
        walls("renewals_cardround"),
    ]
