"""What a sponsor applied for stays kept; what it changes, and its end, is written once.

SQLite made the table anew, which lost its guards: they are put back here.
"""

from django.db import migrations

from core.migrating import frozen, kept, once

TABLE = "ce_credits_approvalapplication"


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0025_approvals_over")]
    operations = [
        kept(TABLE),
        frozen(TABLE, ("program", "user_id", "created_at", "replaces_id")),
        once(TABLE, "submitted_at", "item_id", "number", "ended_on"),
    ]
