"""A certificate keeps its facts; what became of it is append-only."""

from django.db import migrations

from core.migrating import append_only, composite_key, frozen, kept

FACTS = (
    "program",
    "member_id",
    "practice_id",
    "sponsorship_id",
    "source_id",
    "edition",
    "number",
    "attestation_number",
    "facts",
    "valid_from",
    "valid_until",
    "issued_on",
    "issued_at",
)


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
        kept("certificates_certificate"),
        frozen("certificates_certificate", FACTS),
    ]
