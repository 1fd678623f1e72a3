"""Who comes to something live stays kept, and goes with their person alone.

SQLite made the table anew, which lost its guards: they are put back here.
"""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person
from core.migrating import kept, once

TABLE = "courses_liveregistration"


class Migration(migrations.Migration):
    dependencies = [("courses", "0017_one_place_a_live")]
    operations = [
        kept(TABLE),
        moves_with_its_person(TABLE, ("program", "live_id", "made_by_id")),
        once(TABLE, "told_at"),
    ]
