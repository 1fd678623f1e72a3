"""What was sent stays as it was sent; the worker takes it."""

from django.db import migrations

from core.migrating import frozen, kept
from core.walls import walls

SENT = ("delivery_id", "program", "key", "number", "email", "first_name", "last_name")
SENT += ("code", "completed_on", "minutes", "received_at")


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0008_feed"), ("portal", "0004_questions")]
    operations = [
        kept("ce_credits_feeddelivery", "ce_credits_feedrow"),
        frozen("ce_credits_feedrow", SENT),
        walls(
            "ce_credits_feeddelivery",
            "ce_credits_feedrow",
            "ce_credits_activity",
            "ce_credits_activitystep",
            "ce_credits_creditaward",
        ),
    ]
