"""Whoever has the address of a shared badge meets it, its certificate and its day."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0006_badges_guards"),
        ("credentials", "0017_standing_on_a_day"),
    ]
    operations = [
        walls(
            "certificates_certificate",
            "certificates_certificateevent",
            "certificates_badge",
            "credentials_standingperiod",
        ),
    ]
