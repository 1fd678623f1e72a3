"""What was announced stays; so does who came, and what it earned them."""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person
from core.migrating import append_only, frozen, kept, once
from core.walls import walls
from courses.live_guard import announced_once


class Migration(migrations.Migration):
    dependencies = [("courses", "0012_live")]
    operations = [
        kept("courses_liveactivity", "courses_liveregistration"),
        frozen("courses_liveactivity", ("program", "created_at")),
        once("courses_liveactivity", "published_at", "cancelled_at"),
        announced_once(),
        moves_with_its_person(
            "courses_liveregistration", ("program", "live_id", "made_by_id")
        ),
        once("courses_liveregistration", "told_at"),
        append_only("courses_liveattendance"),
        append_only("courses_liveclaim"),
        append_only("courses_liveanswers"),
        walls(
            "courses_liveactivity",
            "courses_liveregistration",
            "courses_liveattendance",
            "courses_liveclaim",
            "courses_liveanswers",
            "accounts_member",
        ),
    ]
