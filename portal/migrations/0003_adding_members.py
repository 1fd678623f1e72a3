"""A practice adds people: records that are nobody's account and no other practice's."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_warnings")]
    operations = [walls("accounts_member", "accounts_sponsorship")]
