"""Whose deadline a decree moved changes by a merge alone."""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person

LINE = (
    "decree_id",
    "program",
    "number",
    "reason",
    "decreed_on",
    "cycle_last_on",
    "from_on",
    "until_on",
)


class Migration(migrations.Migration):
    dependencies = [("renewals", "0019_moving_with_a_person")]
    operations = [moves_with_its_person("renewals_moveddeadline", LINE)]
