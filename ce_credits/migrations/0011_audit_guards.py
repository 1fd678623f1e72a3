"""A draw is written once; cases, items and proofs are kept as they were opened."""

from django.db import migrations

from core.migrating import append_only, frozen, kept, once
from core.walls import walls

CASE = (
    "program",
    "member_id",
    "draw_id",
    "reason",
    "opened_by",
    "opened_on",
    "opened_at",
    "due_on",
)
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
    "audit_item_id",
)


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0010_audits")]
    operations = [
        append_only("ce_credits_auditdraw"),
        kept(
            "ce_credits_activity",
            "ce_credits_proof",
            "ce_credits_auditcase",
            "ce_credits_audititem",
        ),
        frozen("ce_credits_proof", PROOF),
        frozen("ce_credits_auditcase", CASE),
        once("ce_credits_auditcase", "closed_at"),
        frozen("ce_credits_audititem", ("case_id", "number", "activity_id")),
        once("ce_credits_audititem", "decided_at"),
        walls(
            "ce_credits_auditdraw",
            "ce_credits_auditcase",
            "ce_credits_audititem",
            "ce_credits_proof",
        ),
    ]
