"""What was given out stays as it was; names are folded, for the public's look-ups."""

from django.db import migrations

from core.migrating import append_only, sealed
from core.walls import walls
from core.plain_names import folded_names


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_sponsored_now"),
        ("credentials", "0018_given_reports"),
    ]
    operations = [
        folded_names(),
        append_only("credentials_givenreport"),
        sealed("credentials_givenreport"),
        walls("credentials_givenreport"),
    ]
