"""What became of a certificate is append-only; it belongs to its sponsorship."""

from django.db import migrations

from core.migrating import append_only, composite_key


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]
    operations = [
        append_only("certificates_certificateevent"),
        composite_key(
            "certificates_certificate",
            ("sponsorship_id", "practice_id", "member_id"),
            "accounts_sponsorship",
            ("id", "practice_id", "member_id"),
        ),
    ]
