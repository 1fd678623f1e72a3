"""A demonstration knows when each of its days began, to show when something was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0009_exports_asked_for_good")]
    operations = [
        migrations.AddField(
            model_name="domaindate",
            name="begun",
            field=models.JSONField(default=list, editable=False),
        ),
    ]
