"""What was published stays as it is; so does whoever began, and what it earned them."""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person
from core.migrating import append_only, composite_key, frozen, kept, once
from core.walls import walls
from courses.published_guard import (
    part_of_published,
    published_asked,
    published_once,
    taught_as_published,
)

BEGUN = (
    "program",
    "begun_by_id",
    "course_id",
    "version_id",
    "assignment_id",
    "started_on",
    "started_at",
)
EARNED = (
    "program",
    "course_id",
    "version_id",
    "enrolment_id",
    "kind",
    "credits",
    '"on"',
    "at",
)


class Migration(migrations.Migration):
    dependencies = [("courses", "0003_courses")]
    operations = [
        published_asked(),
        published_once("courses_courseversion"),
        part_of_published("courses_module", "courses_page", "courses_coursefile"),
        composite_key(
            "courses_page",
            ("module_id", "version_id"),
            "courses_module",
            ("id", "version_id"),
            what="version",
        ),
        composite_key(
            "courses_page",
            ("video_id", "version_id"),
            "courses_coursefile",
            ("id", "version_id"),
            name="video_belongs",
            what="version",
        ),
        composite_key(
            "courses_page",
            ("captions_id", "version_id"),
            "courses_coursefile",
            ("id", "version_id"),
            name="captions_belong",
            what="version",
        ),
        composite_key(
            "courses_enrolment",
            ("version_id", "course_id"),
            "courses_courseversion",
            ("id", "course_id"),
            what="course",
        ),
        kept("courses_course", "courses_enrolment", "courses_coursecredit"),
        frozen("courses_course", ("program", "created_at")),
        taught_as_published("courses_enrolment"),
        moves_with_its_person("courses_enrolment", BEGUN),
        once("courses_enrolment", "completed_at"),
        frozen("courses_whereabouts", ("enrolment_id",)),
        frozen("courses_watched", ("enrolment_id", "page_id")),
        once("courses_watched", "done_at"),
        append_only("courses_evaluationgiven"),
        append_only("courses_evaluationanswers"),
        moves_with_its_person("courses_coursecredit", EARNED),
        once("courses_coursecredit", "activity_id", "certificate_id"),
        walls(
            "courses_course",
            "courses_courseversion",
            "courses_module",
            "courses_page",
            "courses_coursefile",
            "courses_enrolment",
            "courses_whereabouts",
            "courses_watched",
            "courses_evaluationgiven",
            "courses_evaluationanswers",
            "courses_coursecredit",
        ),
    ]
