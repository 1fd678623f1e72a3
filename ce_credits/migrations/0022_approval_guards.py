"""What a sponsor applied for is kept; its steps are written once."""

from django.db import migrations

from core.migrating import append_only, frozen, kept, once
from core.walls import walls

SENT = ("application_id", "count", "by", "user_id", "at")


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0021_approvals"), ("portal", "0004_questions")]
    operations = [
        kept("ce_credits_approvalapplication", "ce_credits_attendancelist"),
        frozen(
            "ce_credits_approvalapplication", ("program", "user_id", "created_at")
        ),
        once("ce_credits_approvalapplication", "submitted_at", "item_id", "number"),
        append_only("ce_credits_approvalstep"),
        frozen("ce_credits_attendancelist", SENT),
        once("ce_credits_attendancelist", "sent_at", "taken_at", "delivery_id"),
        walls(
            "ce_credits_approvalapplication",
            "ce_credits_approvalstep",
            "ce_credits_attendancelist",
            "ce_credits_feeddelivery",
            "ce_credits_feedrow",
        ),
    ]
