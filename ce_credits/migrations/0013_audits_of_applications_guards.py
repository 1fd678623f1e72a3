"""Activities are kept and draws written once, after their tables were made anew."""

from django.db import migrations

from core.migrating import append_only, kept


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0012_audits_of_applications")]
    operations = [
        # SQLite made these tables anew, without their triggers.
        append_only("ce_credits_auditdraw"),
        kept("ce_credits_activity"),
    ]
