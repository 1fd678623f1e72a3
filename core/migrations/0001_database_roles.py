"""The database's roles, before any table of ours."""

from django.db import migrations

from core.migrating import database_roles


class Migration(migrations.Migration):
    dependencies = []
    operations = [database_roles()]
