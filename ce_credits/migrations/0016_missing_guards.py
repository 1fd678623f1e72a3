"""What a holder said stays as they said it, and is answered once."""

from django.db import migrations

from core.migrating import frozen, kept, once
from core.walls import walls

SAID = ("program", "member_id", "item_id", '"on"', "asked_at")


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0015_missing_credit")]
    operations = [
        kept("ce_credits_missingcredit"),
        frozen("ce_credits_missingcredit", SAID),
        once("ce_credits_missingcredit", "answered_at"),
        walls("ce_credits_missingcredit"),
    ]
