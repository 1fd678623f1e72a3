"""Reminders of a cycle's end, which a click ends, and the class of their notices."""

from django.db import migrations, models

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_telling")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="klass",
            field=models.CharField(
                choices=[
                    ("notice", "Notice"),
                    ("security", "Security notice"),
                    ("news", "You asked for it"),
                    ("courtesy", "Courtesy reminder"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="kind",
            field=models.CharField(
                choices=[
                    ("weekly", "Weekly summary"),
                    ("reminders", "Cycle reminders"),
                ],
                max_length=10,
            ),
        ),
        walls("notifications_subscription"),
    ]
