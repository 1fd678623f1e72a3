"""Activities keep what their kind asks, awards the title and level they were given for.

SQLite makes both tables anew, which loses their guards: they are put back here.
"""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from core.migrating import append_only, kept, remaking, unguarded


def name_awards(apps, editor):
    """Copy its activity's title to each award; no kind of before had levels."""
    activities = apps.get_model("ce_credits", "Activity").objects
    awards = apps.get_model("ce_credits", "CreditAward").objects
    mine = activities.filter(pk=OuterRef("activity")).order_by()
    awards.update(title=Subquery(mine.values("title")[:1]))


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0006_allowances")]
    operations = [
        *remaking(
            migrations.AddField(
                model_name="activity",
                name="inputs",
                field=models.JSONField(db_default={}, default=dict),
            ),
            migrations.AddField(
                model_name="creditaward",
                name="level",
                field=models.CharField(
                    blank=True, db_default="", default="", max_length=40
                ),
            ),
            migrations.AddField(
                model_name="creditaward",
                name="title",
                field=models.CharField(
                    blank=True, db_default="", default="", max_length=300
                ),
            ),
        ),
        unguarded("ce_credits_creditaward"),
        migrations.RunPython(name_awards, migrations.RunPython.noop),
        append_only("ce_credits_creditaward"),
        kept("ce_credits_activity"),
    ]
