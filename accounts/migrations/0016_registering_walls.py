"""Staff add the account and the record of whom they register."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0015_merging_answered_walls'),
    ]

    operations = [
        walls("accounts_user", "accounts_member"),
    ]
