"""What was decided on a term's certificate is kept."""

from django.db import migrations

from core.migrating import kept


class Migration(migrations.Migration):
    dependencies = [("renewals", "0001_initial")]
    operations = [kept("renewals_termcertificate")]
