"""Awards are append-only, activities are kept."""

from django.db import migrations

from core.migrating import append_only, kept


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0001_initial")]
    operations = [append_only("ce_credits_creditaward"), kept("ce_credits_activity")]
