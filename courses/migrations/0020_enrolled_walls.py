"""A body's staff see who learns a course of its, also who has nothing else of it."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0019_evaluation_walls"),
        ("renewals", "0025_licensed_walls"),
    ]
    operations = [walls("accounts_member")]
