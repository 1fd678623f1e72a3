"""An application stays its member's; what was asked stays, and is answered once."""

from django.db import migrations

from core.migrating import frozen, kept, once
from core.walls import walls

WHOSE = ("member_id", "program", "kind", "cycle_last_on", "created_at")
ASKED = ("application_id", "words", "asked_on", "asked_by", "asked_at")


class Migration(migrations.Migration):
    dependencies = [("renewals", "0013_holds_and_questions")]
    operations = [
        # SQLite made this table anew, without its triggers.
        kept("renewals_recertification", "renewals_applicationquestion"),
        frozen("renewals_recertification", WHOSE),
        once("renewals_recertification", "decided_on"),
        frozen("renewals_applicationquestion", ASKED),
        once("renewals_applicationquestion", "answered_on"),
        walls("renewals_applicationquestion"),
    ]
