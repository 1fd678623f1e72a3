"""A certificate keeps its facts, and so does a badge: it is withdrawn once."""

from django.db import migrations

from core.migrating import composite_key, frozen, kept, once

FACTS = (
    "program",
    "member_id",
    "practice_id",
    "sponsorship_id",
    "source_id",
    "edition",
    "number",
    "attestation_number",
    "certification_id",
    "facts",
    "valid_from",
    "valid_until",
    "issued_on",
    "issued_at",
)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0005_badges")]
    operations = [
        # SQLite made this table anew, without its triggers.
        composite_key(
            "certificates_certificate",
            ("sponsorship_id", "practice_id", "member_id"),
            "accounts_sponsorship",
            ("id", "practice_id", "member_id"),
        ),
        kept("certificates_certificate", "certificates_badge"),
        frozen("certificates_certificate", FACTS),
        frozen(
            "certificates_badge",
            ("member_id", "program", "certification_id", "shared_at"),
        ),
        once("certificates_badge", "withdrawn_at"),
    ]
