"""Who misses a credit changes by a merge alone."""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person

SAID = ("program", "item_id", '"on"', "asked_at")


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0018_moving_with_a_person")]
    operations = [moves_with_its_person("ce_credits_missingcredit", SAID)]
