"""The guards of licences, which SQLite lost; what the public asks about is shown."""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person
from core.migrating import kept
from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [("renewals", "0023_licences_taken_away")]
    operations = [
        kept("renewals_licence"),
        moves_with_its_person("renewals_licence", ("program", "entered_at")),
        walls("renewals_licence"),
    ]
