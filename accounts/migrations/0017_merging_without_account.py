"""A record without an account can be given up, too: no account goes with it then."""

from django.db import migrations, models

from core.migrating import remaking

BOTH = models.Q(
    ("given_up__isnull", False),
    ("kept__isnull", False),
    ("merged_at__isnull", False),
    ("state__in", ("merged", "undone")),
    models.Q(("kept", models.F("given_up")), _negated=True),
    models.Q(("ground", ""), _negated=True),
)
NEITHER = models.Q(
    ("given_up", None),
    ("kept", None),
    ("merged_at", None),
    ("state__in", ("asked", "proved", "refused", "ended")),
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_registering_walls")]
    operations = remaking(
        migrations.RemoveConstraint(model_name="duplicate", name="merge_names_both"),
        migrations.AddConstraint(
            model_name="duplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(BOTH, NEITHER, _connector="OR"),
                name="merge_names_both",
            ),
        ),
    )
