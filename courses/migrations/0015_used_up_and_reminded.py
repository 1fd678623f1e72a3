"""Who used up the tries of a test is marked, and who was reminded to claim."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count, F, Max, Q


def mark(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Mark who used the tries up before there was a mark."""
    enrolments = apps.get_model("courses", "Enrolment")
    attempts = apps.get_model("courses", "Attempt")
    going = attempts.objects.filter(Q(ended_at=None) | Q(passed=True))
    going = going.exclude(enrolment=None).values("enrolment")
    rows = enrolments.objects.filter(completed_at=None, member__joined_to=None)
    rows = rows.exclude(pk__in=going).annotate(
        taken=Count("attempts", distinct=True),
        allowed=Count("allowances", distinct=True),
        last=Max("attempts__ended_at"),
    )
    rows = rows.filter(taken__gt=0, taken__gte=F("version__tries") + F("allowed"))
    for pk, last in rows.values_list("pk", "last").iterator():
        enrolments.objects.filter(pk=pk).update(used_up_at=last)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0016_registering_walls"),
        ("courses", "0014_question_pictures"),
        ("credentials", "0022_papers_in_lists"),
    ]
    operations = [
        migrations.AddField(
            model_name="enrolment",
            name="reminded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="used_up_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
