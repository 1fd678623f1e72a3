"""Decreases are append-only; who was left out, and since when, is kept and frozen."""

from django.db import migrations

from core.migrating import append_only, composite_key, frozen, kept
from core.walls import walls

OWNED = ("sponsorship_id", "practice_id", "member_id")
IDENTITY = ("id", "practice_id", "member_id")
FACTS = (*OWNED, "change_id", "program", "window_id", "from_on", "at")


class Migration(migrations.Migration):
    dependencies = [("credentials", "0004_seats_down")]
    operations = [
        append_only("credentials_seatchange"),
        composite_key(
            "credentials_leftout", OWNED, "accounts_sponsorship", IDENTITY
        ),
        kept("credentials_leftout"),
        frozen("credentials_leftout", FACTS),
        walls(
            "credentials_seatchange",
            "credentials_leftout",
            # A body's staff switch modes now.
            "accounts_sponsorship",
        ),
    ]
