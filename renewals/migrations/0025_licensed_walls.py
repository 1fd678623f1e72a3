"""A body's staff see whose licence it registers; so does who takes its feed."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0018_merging_guards_again"),
        ("courses", "0018_one_place_a_live_guards"),
        ("renewals", "0024_licence_guards_again"),
    ]
    operations = [walls("renewals_licence", "accounts_member")]
