"""Whose applications are, and what was tried, changes by a merge alone."""

from django.db import migrations

from accounts.merging_guard import (
    ledger_moves_with_its_person,
    moves_with_its_person,
)
from core.walls import walls

WHOSE = ("program", "kind", "cycle_last_on", "created_at")
TRIED = (
    "id",
    "window_id",
    "turn",
    "practice_id",
    "sponsorship_id",
    '"on"',
    "outcome",
    "reason",
    "assignment_id",
    "round_id",
    "at",
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_merging_guards"),
        ("ce_credits", "0018_moving_with_a_person"),
        ("credentials", "0020_moving_with_a_person"),
        ("renewals", "0018_decree_guards"),
    ]
    operations = [
        moves_with_its_person("renewals_recertification", WHOSE),
        ledger_moves_with_its_person("renewals_renewalattempt", TRIED),
        # Whom staff merge, they meet, also one that stands with another body alone.
        walls("accounts_member", "renewals_renewalattempt"),
    ]
