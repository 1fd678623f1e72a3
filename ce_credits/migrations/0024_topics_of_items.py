"""Items of a catalogue say what they are about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0023_topics")]
    operations = [
        migrations.AddField(
            model_name="catalogueitem",
            name="topics",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
