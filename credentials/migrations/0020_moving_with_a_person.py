"""Whose terms, assignments and memberships are changes by a merge alone."""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person
from core.walls import walls

GIVEN = ("sponsorship_id", "practice_id")
TERM = (
    *GIVEN,
    "program",
    "sequence",
    "first_on",
    "last_on",
    "applied_on",
    "policy",
    "assignment_id",
    "created_at",
)
ASSIGNED = (*GIVEN, "batch_id", "product_id", "choice", "choice_title", '"on"', "at")
LEFT_OUT = (*GIVEN, "change_id", "program", "window_id", "from_on", "at")
SOCIETY = ("program", "from_on", "recorded_by", "recorded_at")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_merging_guards"),
        ("credentials", "0019_given_reports_guards"),
    ]
    operations = [
        moves_with_its_person("credentials_window", TERM),
        moves_with_its_person("credentials_assignment", ASSIGNED),
        moves_with_its_person("credentials_leftout", LEFT_OUT),
        moves_with_its_person("credentials_societymembership", SOCIETY),
        walls("credentials_assignment"),
    ]
