"""Eight kinds of products; an assignment keeps what was chosen, and where it stands."""

from django.db import migrations, models

from core.migrating import composite_key, frozen, kept

OWNED = ("sponsorship_id", "practice_id", "member_id")
IDENTITY = ("id", "practice_id", "member_id")
GIVEN = (*OWNED, "batch_id", "product_id", "choice", "choice_title", '"on"', "at")

KINDS = (
    ("renewal", "Renewal"),
    ("membership", "Membership"),
    ("manual", "Manual"),
    ("course", "Course"),
    ("exam", "Exam"),
    ("specialty", "Specialty"),
    ("ce_course", "Ce Course"),
)
STATES = (
    ("assigned", "Assigned"),
    ("active", "Active"),
    ("started", "Started"),
    ("complete", "Complete"),
    ("failed", "Failed"),
    ("expired", "Expired"),
    ("undone", "Undone"),
)


class Migration(migrations.Migration):
    dependencies = [("credentials", "0002_guards")]
    operations = [
        migrations.AlterField(
            "product", "kind", models.CharField(choices=KINDS, max_length=20)
        ),
        migrations.AlterField(
            "assignment",
            "state",
            models.CharField(choices=STATES, default="assigned", max_length=10),
        ),
        migrations.AddField(
            "assignment", "choice", models.CharField(blank=True, max_length=60)
        ),
        migrations.AddField(
            "assignment", "choice_title", models.CharField(blank=True, max_length=300)
        ),
        migrations.AddConstraint(
            "assignment",
            models.UniqueConstraint(
                condition=models.Q(("state__in", ("assigned", "started"))),
                fields=("practice", "member", "product", "choice"),
                name="assigned_once_at_a_time",
            ),
        ),
        # A new column makes SQLite build the table anew, without its guards.
        composite_key(
            "credentials_assignment", OWNED, "accounts_sponsorship", IDENTITY
        ),
        kept("credentials_assignment"),
        frozen("credentials_assignment", GIVEN),
    ]
