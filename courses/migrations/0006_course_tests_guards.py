"""A course's test is kept as an exam is, and goes where its enrolment goes."""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person
from core.migrating import kept, once

DRAWN = (
    "program",
    "assignment_id",
    "enrolment_id",
    "exam",
    "specialty",
    "title",
    "nth",
    "bank_id",
    "policy",
    "seed",
    "number",
    "sheet",
    "started_on",
    "started_at",
    "ends_at",
)


class Migration(migrations.Migration):
    dependencies = [("courses", "0005_course_tests")]
    operations = [
        # SQLite made the table anew for a column that may be empty now.
        kept("courses_attempt"),
        moves_with_its_person("courses_attempt", DRAWN),
        once("courses_attempt", "ended_at", '"right"', "passed"),
    ]
