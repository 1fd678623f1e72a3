"""Awards keep what the activity counts as.

SQLite makes the table anew, which loses its guard: it is put back here.
"""

from django.db import migrations, models

from core.migrating import append_only, remaking


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0022_approval_guards")]
    operations = [
        *remaking(
            migrations.AddField(
                model_name="creditaward",
                name="topics",
                field=models.CharField(
                    blank=True, db_default="", default="", max_length=400
                ),
            ),
        ),
        append_only("ce_credits_creditaward"),
    ]
