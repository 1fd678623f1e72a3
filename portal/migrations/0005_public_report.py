"""The public's look-ups by number and by name, each behind its own wall."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0019_given_reports_guards"),
        ("portal", "0004_questions"),
    ]
    operations = [
        walls(
            "accounts_member", "credentials_certification", "credentials_standingperiod"
        ),
    ]
