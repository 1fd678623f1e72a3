"""Recovery codes are kept as hashes; those that could be read again end."""

from django.db import migrations
from django.db.migrations.state import StateApps


def end_codes(apps: StateApps, editor: object) -> None:
    """Take away what can't be turned into hashes without its key."""
    held = apps.get_model("mfa", "Authenticator").objects
    held.filter(type="recovery_codes").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_hashed_sessions"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(end_codes, migrations.RunPython.noop)]
