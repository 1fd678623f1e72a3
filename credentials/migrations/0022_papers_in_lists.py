"""Whoever names a certificate beside the last name meets its credential."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0007_badges_walls"),
        ("credentials", "0020_moving_with_a_person"),
    ]
    operations = [walls("credentials_certification")]
