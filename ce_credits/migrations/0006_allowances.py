"""What may be kept stands beside what is kept; practices are counted too."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The limits there were, and the one there is now: the next file brings the setting's.
MEMBER_FILES, MEMBER_BYTES, PRACTICE_BYTES = 200, 200 * 2**20, 5 * 2**30


def count_practices(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Count what was sent in for each practice before."""
    Proof = apps.get_model("ce_credits", "Proof")
    PracticeAllowance = apps.get_model("ce_credits", "PracticeAllowance")
    kept = (
        Proof.objects.exclude(activity__practice=None)
        .order_by()
        .values_list("activity__practice")
        .annotate(models.Sum("size"))
    )
    PracticeAllowance.objects.bulk_create(
        PracticeAllowance(
            practice_id=practice_id,
            bytes=size,
            most_bytes=max(size, PRACTICE_BYTES),
        )
        for practice_id, size in kept
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("ce_credits", "0005_guards")]
    operations = [
        migrations.RemoveConstraint(
            model_name="proofallowance", name="proofs_within_allowance"
        ),
        migrations.AddField(
            model_name="proofallowance",
            name="most_bytes",
            field=models.PositiveBigIntegerField(default=MEMBER_BYTES),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="proofallowance",
            name="most_files",
            field=models.PositiveIntegerField(default=MEMBER_FILES),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="proofallowance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    bytes__lte=models.F("most_bytes"), files__lte=models.F("most_files")
                ),
                name="proofs_within_allowance",
            ),
        ),
        migrations.CreateModel(
            name="PracticeAllowance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("bytes", models.PositiveBigIntegerField(default=0)),
                ("most_bytes", models.PositiveBigIntegerField()),
                (
                    "practice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.practice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(bytes__lte=models.F("most_bytes")),
                        name="practice_within_allowance",
                    )
                ],
            },
        ),
        migrations.RunPython(count_practices, migrations.RunPython.noop),
    ]
