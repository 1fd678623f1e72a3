"""A society membership stays as it was recorded; its end is written once."""

from django.db import migrations

from core.migrating import frozen, kept, once
from core.walls import walls

RECORDED = ("member_id", "program", "from_on", "recorded_by", "recorded_at")


class Migration(migrations.Migration):
    dependencies = [("credentials", "0012_society")]
    operations = [
        kept("credentials_societymembership"),
        frozen("credentials_societymembership", RECORDED),
        once("credentials_societymembership", "until_on"),
        walls("credentials_societymembership"),
    ]
