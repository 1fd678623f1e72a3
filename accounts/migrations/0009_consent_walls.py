"""Whoever is asked to join a practice sees that they are, and by whom."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_consent'),
    ]

    operations = [
        walls('accounts_invitation', 'accounts_practice'),
    ]
