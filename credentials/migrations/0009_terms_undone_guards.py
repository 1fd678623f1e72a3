"""A term stays as it was written; that it was undone is written once."""

from django.db import migrations

from core.migrating import composite_key, frozen, kept, once

OWNED = ("sponsorship_id", "practice_id", "member_id")
IDENTITY = ("id", "practice_id", "member_id")
TERM = (
    *OWNED,
    "program",
    "sequence",
    "first_on",
    "last_on",
    "applied_on",
    "policy",
    "assignment_id",
    "created_at",
)


class Migration(migrations.Migration):
    dependencies = [("credentials", "0008_terms_undone")]
    operations = [
        # SQLite made this table anew, without its triggers.
        composite_key("credentials_window", OWNED, "accounts_sponsorship", IDENTITY),
        kept("credentials_window"),
        frozen("credentials_window", TERM),
        once("credentials_window", "undone_at"),
    ]
