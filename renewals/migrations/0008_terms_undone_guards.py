"""What was decided on a term's certificate is kept."""

from django.db import migrations

from core.migrating import kept


class Migration(migrations.Migration):
    dependencies = [("renewals", "0007_terms_undone")]
    # SQLite made this table anew, without its trigger.
    operations = [kept("renewals_termcertificate")]
