"""Whose certificates and badges are changes by a merge alone."""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person
from core.walls import walls

FACTS = (
    "program",
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
    dependencies = [
        ("accounts", "0012_merging_guards"),
        ("certificates", "0008_of_one_holder"),
    ]
    operations = [
        moves_with_its_person("certificates_certificate", FACTS),
        moves_with_its_person(
            "certificates_badge", ("program", "certification_id", "shared_at")
        ),
        walls("certificates_badge"),
    ]
