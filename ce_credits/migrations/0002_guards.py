"""Awards are append-only."""

from django.db import migrations

from core.migrating import append_only


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0001_initial")]
    operations = [append_only("ce_credits_creditaward")]
