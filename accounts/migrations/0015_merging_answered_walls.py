"""Staff read what became of a report, and so does whoever's account was kept."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0014_body_token_guards'),
    ]

    operations = [
        walls("accounts_duplicate", "accounts_member"),
    ]
