"""The worker sees what was merged: what both accounts had is freed once it stands."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [("accounts", "0018_merging_guards_again")]
    operations = [walls("accounts_duplicate")]
