"""What somebody earned is kept."""

from django.db import migrations

from core.migrating import kept


class Migration(migrations.Migration):
    dependencies = [("credentials", "0014_earned_again")]
    operations = [
        # SQLite made this table anew, without its triggers.
        kept("credentials_certification"),
    ]
