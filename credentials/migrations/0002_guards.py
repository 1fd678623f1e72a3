"""Ledgers are append-only; a practice's rows belong to its own sponsorship."""

from django.db import migrations

from core.migrating import append_only, composite_key, frozen, kept

OWNED = ("sponsorship_id", "practice_id", "member_id")
IDENTITY = ("id", "practice_id", "member_id")

TERM = (*OWNED, "program", "sequence", "first_on", "last_on", "applied_on", "policy")


class Migration(migrations.Migration):
    dependencies = [("credentials", "0001_initial")]
    operations = [
        append_only("credentials_seatentry"),
        append_only("credentials_standingperiod"),
        composite_key(
            "credentials_window", OWNED, "accounts_sponsorship", IDENTITY
        ),
        composite_key(
            "credentials_assignment", OWNED, "accounts_sponsorship", IDENTITY
        ),
        kept(
            "credentials_window",
            "credentials_certification",
            "credentials_assignmentbatch",
            "credentials_assignment",
        ),
        frozen("credentials_window", TERM),
    ]
