"""Whose an audit is changes by a merge alone."""

from django.db import migrations

from accounts.merging_guard import moves_with_its_person

CASE = (
    "program",
    "draw_id",
    "reason",
    "opened_by",
    "opened_on",
    "opened_at",
    "due_on",
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_merging_guards"),
        ("ce_credits", "0016_missing_guards"),
    ]
    operations = [moves_with_its_person("ce_credits_auditcase", CASE)]
