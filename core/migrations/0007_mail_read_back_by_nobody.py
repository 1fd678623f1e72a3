"""Whoever only adds mail reads none: the program gives each column its value itself.

The database goes on filling them in for programs of before that don't know them.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0006_trail_sealed")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("outboxmessage", name, field)
                for name, field in (
                    (
                        "program",
                        models.CharField(blank=True, default="", max_length=20),
                    ),
                    ("unanswered", models.PositiveSmallIntegerField(default=0)),
                    ("edition", models.PositiveSmallIntegerField(default=1)),
                    (
                        "subject",
                        models.CharField(blank=True, default="", max_length=150),
                    ),
                    ("text", models.TextField(blank=True, default="")),
                )
            ]
        )
    ]
