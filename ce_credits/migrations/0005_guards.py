"""Steps and awards are append-only; activities, proofs and files are kept."""

from django.db import migrations

from core.migrating import append_only, frozen, kept

PROOF = (
    "activity_id",
    "file_key",
    "kind",
    "name",
    "sha256",
    "stored_sha256",
    "size",
    "pages",
    "said",
)


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0004_fill_in")]
    operations = [
        append_only("ce_credits_creditaward"),
        append_only("ce_credits_activitystep"),
        kept("ce_credits_activity", "ce_credits_proof", "ce_credits_cataloguefile"),
        frozen("ce_credits_proof", PROOF),
    ]
