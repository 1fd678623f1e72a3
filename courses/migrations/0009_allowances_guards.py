"""What staff allowed is kept as it was given, and moves with its person alone."""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person
from core.migrating import kept
from core.walls import walls

ALLOWED = (
    "allowed_to_id",
    "program",
    "enrolment_id",
    "nth",
    "percent",
    "reason",
    '"by"',
    '"on"',
    "at",
)


class Migration(migrations.Migration):
    dependencies = [("courses", "0008_allowances")]
    operations = [
        kept("courses_allowance"),
        moves_with_its_person("courses_allowance", ALLOWED),
        walls("courses_allowance", "accounts_member"),
    ]
