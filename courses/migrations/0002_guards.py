"""Banks are written once; an attempt is kept as it was drawn, and marked once."""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person
from core.migrating import append_only, frozen, kept, once
from core.walls import walls

DRAWN = (
    "program",
    "assignment_id",
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
    dependencies = [
        ("courses", "0001_initial"),
        ("credentials", "0022_papers_in_lists"),
    ]
    operations = [
        append_only("courses_questionbank"),
        kept("courses_attempt", "courses_answer"),
        moves_with_its_person("courses_attempt", DRAWN),
        once("courses_attempt", "ended_at", '"right"', "passed"),
        frozen("courses_answer", ("attempt_id", "question")),
        walls(
            "courses_attempt",
            "courses_answer",
            "credentials_assignment",
            "credentials_certification",
        ),
    ]
