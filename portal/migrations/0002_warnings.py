"""Somebody's own scope may queue the warning that their way in has changed."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_walls")]
    operations = [walls("core_outboxmessage")]
