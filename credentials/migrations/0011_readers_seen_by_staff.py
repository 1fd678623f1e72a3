"""A body's staff see who read and who acknowledged its documents."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [("credentials", "0010_own_copies_of_one_file")]
    operations = [
        walls(
            "credentials_documentreading", "credentials_documentacknowledgement"
        )
    ]
