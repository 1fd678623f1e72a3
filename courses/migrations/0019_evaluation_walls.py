"""The worker sees who gave an evaluation: its letter says whether that is missing."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [("courses", "0018_one_place_a_live_guards")]
    operations = [walls("courses_evaluationgiven")]
