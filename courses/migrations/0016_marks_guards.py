"""Nobody used up what they passed; nobody is reminded twice; files by one's own row."""

from django.db import migrations, models
from django.db.models import Q

from core.migrating import once
from core.walls import walls
from courses.published_guard import passed_is_not_used_up


class Migration(migrations.Migration):
    dependencies = [("courses", "0015_used_up_and_reminded")]
    operations = [
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(
                condition=Q(used_up_at__isnull=False),
                fields=["course", "used_up_at", "id"],
                name="enrolments_used_up",
            ),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(
                condition=Q(completed_at__isnull=False, reminded_at=None),
                fields=["program", "completed_at"],
                name="enrolments_to_remind",
            ),
        ),
        once(
            "courses_enrolment",
            "completed_at",
            "reminded_at",
            before=["completed_at"],
        ),
        passed_is_not_used_up("courses_enrolment"),
        walls("courses_page", "courses_coursefile"),
    ]
